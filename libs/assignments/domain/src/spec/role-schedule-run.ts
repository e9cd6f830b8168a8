import type {
  Instant,
  PrincipalType,
  RoleScheduleEvent,
  ScheduleAction,
  ScheduleKind,
  ScheduleOrder,
} from '@pim/contracts';
import { fold, Rejection } from '@pim/kernel';
import * as fc from 'fast-check';
import { roleSchedule, type RoleScheduleCommand } from '../role-schedule.decide';
import type { RoleScheduleState } from '../role-schedule';
import { schedulesOf } from '../role-schedule-answers';
import { told, type Told } from './history';
import { assigned, carryOut, order, paul, role } from './role-schedule';

/** Who plays: users, a group some of them are in, and a service principal. */
export const cast: Readonly<Record<string, { type: PrincipalType; groupIds: readonly string[] }>> = {
  ada: { type: 'user', groupIds: [] },
  bob: { type: 'user', groupIds: ['helpdesk'] },
  cleo: { type: 'user', groupIds: ['helpdesk'] },
  helpdesk: { type: 'group', groupIds: [] },
  robot: { type: 'servicePrincipal', groupIds: [] },
};

const nobody = { type: 'user', groupIds: [] } as const;

/** One thing that happens, before the ids of schedules to pick from are known. */
export interface Step {
  readonly what: ScheduleAction | 'start' | 'expire' | 'remind' | 'cancel' | 'bar' | 'lift' | 'end';
  readonly who: string;
  readonly kind: ScheduleKind;
  /** Milliseconds that pass before it happens. */
  readonly wait: number;
  readonly startIn: number | null;
  readonly durationMs: number | null;
  /** Which of the schedules that have not ended, for those steps that name one. */
  readonly pick: number;
  readonly namesTarget: boolean;
}

const minute = 60_000;
const often = <T>(weight: number, ...values: T[]) => ({ weight, arbitrary: fc.constantFrom(...values) });

/** Weighted so that most orders are carried out, and what they make meets: ends within a few steps, at equal instants. */
export const step: fc.Arbitrary<Step> = fc.record({
  what: fc.oneof(
    often<Step['what']>(4, 'adminAssign'),
    often<Step['what']>(5, 'selfActivate'),
    often<Step['what']>(5, 'adminRemove', 'adminRemove', 'selfDeactivate'),
    often<Step['what']>(
      4,
      'adminUpdate',
      'adminUpdate',
      'adminUpdate',
      'adminExtend',
      'selfExtend',
      'adminRenew',
      'selfRenew',
      'remind',
    ),
    often<Step['what']>(3, 'bar', 'end', 'lift', 'lift'),
    often<Step['what']>(3, 'start', 'expire', 'cancel'),
  ),
  who: fc.oneof(often(6, 'ada', 'bob', 'bob', 'cleo'), often(1, 'helpdesk', 'helpdesk', 'robot')),
  kind: fc.constantFrom<ScheduleKind>('assignment', 'eligibility'),
  wait: fc.oneof(often(4, 0, 1, minute, 4 * minute), often(2, 5 * minute, 5 * minute - 1, 10 * minute, 30 * minute)),
  startIn: fc.oneof(often<number | null>(4, null), often<number | null>(2, -minute, minute, 5 * minute, 30 * minute)),
  durationMs: fc.oneof(
    often<number | null>(7, null),
    often<number | null>(1, -minute, 0, 5 * minute - 1),
    often<number | null>(6, 5 * minute, 10 * minute, 30 * minute, 60 * minute),
  ),
  pick: fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
  namesTarget: fc.boolean(),
});

export const after = (from: Instant, ms: number): Instant => new Date(Date.parse(from) + ms).toISOString();

/** What a stream looks like between two steps. */
export interface Moment {
  readonly now: Instant;
  readonly events: readonly RoleScheduleEvent[];
  readonly state: RoleScheduleState;
}

/** A step as it was carried out: the moments around it, and what came of the command. */
export interface Played {
  readonly before: Moment;
  readonly command: RoleScheduleCommand;
  readonly added: readonly RoleScheduleEvent[];
  readonly rejected: string | null;
  readonly after: Moment;
}

/** A protected role starts with its one permanent holder; another role with nothing. */
export const opening = (now: Instant, isProtected: boolean): Moment => {
  const events = isProtected ? [assigned('first', { principalId: 'ada', start: now, at: now })] : [];
  return { now, events, state: fold(roleSchedule, events) };
};

const isActivated = ({ granted }: Told): boolean =>
  granted.type === 'AssignmentGranted' && granted.data.assignmentType === 'Activated';

const isChange = (what: Step['what']): boolean => what.endsWith('Update') || what.endsWith('Extend');

/** What a step can meaningfully name: users activate from eligibilities and give activations back. */
const suits = (what: Step['what'], one: Told): boolean => {
  if (what === 'selfActivate') return one.granted.type === 'EligibilityGranted';
  if (isChange(what)) return !isActivated(one);
  return what !== 'selfDeactivate' || isActivated(one);
};

/** One of the schedules that have not ended on record; undefined when there is none. */
const picked = ({ pick, what }: Step, { events }: Moment): Told['granted'] | undefined => {
  const all = told(events).filter((one) => one.endings.length === 0);
  const open = all.filter((one) => suits(what, one));
  // What somebody has activated from is the one worth changing.
  const used = open.filter(({ granted }) =>
    all.some(({ granted: { data } }) => 'eligibilityId' in data && data.eligibilityId === granted.data.scheduleId),
  );
  const from = isChange(what) && used.length > 0 ? used : open;
  return from[pick % from.length]?.granted;
};

const pickedId = (asked: Step, moment: Moment): string => picked(asked, moment)?.data.scheduleId ?? 'none';

/** Whose what: of the schedule that was picked, for an order that names one. */
const aimOf = (asked: Step, moment: Moment): Pick<ScheduleOrder, 'principalId' | 'kind' | 'targetScheduleId'> => {
  const target = asked.namesTarget || isChange(asked.what) ? picked(asked, moment) : undefined;
  if (!target) return { principalId: asked.who, kind: asked.kind, targetScheduleId: null };
  const kind = target.type === 'EligibilityGranted' ? 'eligibility' : 'assignment';
  return { principalId: target.data.principalId, kind, targetScheduleId: target.data.scheduleId };
};

/** How long, for those that would rarely succeed with no end: an activation, and a change that cuts or outlasts it. */
const usualMs: Partial<Record<ScheduleAction, number>> = {
  selfActivate: 30 * minute,
  adminUpdate: 5 * minute,
  adminExtend: 120 * minute,
  selfExtend: 120 * minute,
};

const orderOf = (asked: Step, what: ScheduleAction, moment: Moment, isProtected: boolean) => {
  const { now, events } = moment;
  const aim = aimOf(asked, moment);
  const { type: principalType, groupIds } = cast[aim.principalId] ?? nobody;
  return carryOut(
    order(what, `r${events.length}`, {
      ...aim,
      kind: what === 'selfActivate' || what === 'selfDeactivate' ? 'assignment' : aim.kind,
      startDateTime: asked.startIn === null ? null : after(now, asked.startIn),
      durationMs: asked.durationMs ?? usualMs[what] ?? null,
    }),
    { now, isProtected, principalType, groupIds, isAssignableToRole: true },
  );
};

const endHoldingsOf = ({ who }: Step, { now, state }: Moment, isProtected: boolean): RoleScheduleCommand => {
  const scheduleIds = schedulesOf(state, who).map(({ scheduleId }) => scheduleId);
  return {
    type: 'EndHoldings',
    data: { principalId: who, scheduleIds, isProtected, reason: 'principal-disabled', by: paul, now },
  };
};

const clockCommandOf = (asked: Step, scheduleId: string, now: Instant): RoleScheduleCommand | null => {
  switch (asked.what) {
    case 'start':
      return { type: 'StartSchedule', data: { scheduleId, now } };
    case 'expire':
      return { type: 'ExpireSchedule', data: { scheduleId, now } };
    case 'remind':
      return { type: 'RemindOfEnd', data: { scheduleId, daysLeft: asked.namesTarget ? 14 : 1, now } };
    default:
      return null;
  }
};

/** The command of a step. Bars and their lifting are for protected roles; ending what somebody holds is for all. */
export const commandOf = (asked: Step, moment: Moment, isProtected: boolean): RoleScheduleCommand => {
  const { now } = moment;
  const scheduleId = pickedId(asked, moment);
  const about = { ...role, principalId: asked.who, by: paul, now };
  const tick = clockCommandOf(asked, scheduleId, now);
  if (tick) return tick;
  switch (asked.what) {
    case 'cancel':
      return { type: 'CancelScheduled', data: { requestId: scheduleId, scheduleId, isProtected, by: paul, now } };
    case 'bar':
      return isProtected
        ? { type: 'BarPrincipal', data: { ...about, isProtected } }
        : endHoldingsOf(asked, moment, isProtected);
    case 'end':
      return endHoldingsOf(asked, moment, isProtected);
    case 'lift':
      return { type: 'LiftBar', data: about };
    default:
      return orderOf(asked, asked.what as ScheduleAction, moment, isProtected);
  }
};

/** Events of a command, or the code it was rejected with. */
export const answer = (command: RoleScheduleCommand, state: RoleScheduleState) => {
  try {
    return { added: roleSchedule.decide(command, state), rejected: null };
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    return { added: [], rejected: error.code };
  }
};

export const play = (asked: Step, moment: Moment, isProtected: boolean): Played => {
  const before = { ...moment, now: after(moment.now, asked.wait) };
  const command = commandOf(asked, before, isProtected);
  const { added, rejected } = answer(command, before.state);
  const state = added.reduce(roleSchedule.evolve, before.state);
  return { before, command, added, rejected, after: { now: before.now, events: [...before.events, ...added], state } };
};

/** Plays every step in turn. */
export const playAll = (steps: readonly Step[], isProtected: boolean): readonly Played[] => {
  const played: Played[] = [];
  let moment = opening('2026-03-01T12:00:00.000Z', isProtected);
  for (const asked of steps) {
    const next = play(asked, moment, isProtected);
    played.push(next);
    moment = next.after;
  }
  return played;
};
