import type { Actor, Instant, RoleScheduleEvent } from '@pim/contracts';
import type { DomainCommand } from '@pim/kernel';
import { refused } from './role-schedule.carry-out.decide';
import { removals } from './role-schedule-endings';
import { activate, selfActivate } from './role-schedule.grant.decide';
import { settle, shortenedTo } from './role-schedule.reschedule.decide';
import type { RoleScheduleState } from './role-schedule';
import { isLive, type Eligibility } from './schedule';
import { notAssigned, type Judged } from './schedule-order';

/** What an activation at a narrower scope rests on, as the guard of the wider one has it. */
export interface WiderGround {
  readonly eligibility: Eligibility;
  /** The activation ends no later. */
  readonly until: Instant;
}

/** To the guard of the wider scope, first. The order is one at that scope. */
export type NarrowActivation = DomainCommand<'NarrowActivation', Judged & { narrowedTo: string }>;

/** To the guard of the narrower scope, after it. `ground` null: the eligibility has ended meanwhile. */
export type GrantNarrowed = DomainCommand<'GrantNarrowed', Judged & { ground: WiderGround | null }>;

/** To the guard of the narrower scope: what the activation rests on may have ended, or have other times. */
export type SettleNarrowed = DomainCommand<
  'SettleNarrowed',
  { scheduleId: string; ground: WiderGround | null; by: Actor; now: Instant }
>;

/** What an activation that was narrowed here rests on now; null: it was not narrowed here, or the eligibility is gone. */
export const widerGround = (state: RoleScheduleState, scheduleId: string): WiderGround | null => {
  const narrowed = state.narrowings.byId.get(scheduleId);
  const eligibility = narrowed && state.eligibilities.get(narrowed.eligibilityId);
  return eligibility ? { eligibility, until: narrowed.until } : null;
};

/** Judges the activation as one at the eligibility's own scope, and remembers where it goes; the same again is silence. */
export const narrowActivation = (
  { order, facts, narrowedTo }: NarrowActivation['data'],
  state: RoleScheduleState,
): readonly RoleScheduleEvent[] => {
  const judged = { order, facts };
  if (state.handled.has(order.requestId)) return [];
  const outcome = selfActivate(judged, state);
  if ('code' in outcome) return [refused(judged, outcome)];
  return outcome.flatMap((event): readonly RoleScheduleEvent[] => {
    if (event.type !== 'AssignmentGranted') return [event];
    const { roleDefinitionId, directoryScopeId, principalId, scheduleId, eligibilityId, start, end, by, at } =
      event.data;
    if (eligibilityId === null || end === null) throw new Error('an activation has no eligibility (this is a bug)');
    const about = { roleDefinitionId, directoryScopeId, principalId, scheduleId };
    return [{ type: 'ActivationNarrowed', data: { ...about, narrowedTo, eligibilityId, start, end, by, at } }];
  });
};

/** Grants it, or records why not; the same again is silence. */
export const grantNarrowed = (
  { order, facts, ground }: GrantNarrowed['data'],
  state: RoleScheduleState,
): readonly RoleScheduleEvent[] => {
  const judged = { order, facts };
  if (state.handled.has(order.requestId)) return [];
  const outcome = ground ? activate(judged, state, () => ground.eligibility, ground.until) : notAssigned;
  return 'code' in outcome ? [refused(judged, outcome)] : outcome;
};

/** Ends or shortens what the eligibility does not cover any more; silence for the rest, and for what is over. */
export const settleNarrowed = (
  { scheduleId, ground, by, now }: SettleNarrowed['data'],
  state: RoleScheduleState,
): readonly RoleScheduleEvent[] => {
  const found = state.assignments.get(scheduleId);
  if (!found || !isLive(found, now)) return [];
  const { cut, ended } = ground ? settle([found], ground.eligibility, now) : { cut: [], ended: [found] };
  return [
    ...removals(state, ended, { reason: 'eligibility-ended', requestId: null, by, at: now }),
    ...cut.map((one) => shortenedTo(ground?.eligibility.end ?? now, one, { by, at: now })),
  ];
};
