import type {
  AssignmentGranted,
  AssignmentRescheduled,
  EligibilityGranted,
  EligibilityRescheduled,
  Instant,
  RoleScheduleEvent,
  ScheduleKind,
} from '@pim/contracts';
import { PersistentMap } from '@pim/kernel';
import { movedTo, noNarrowings, withNarrowed, type Narrowings } from './narrowings';
import {
  isActivation,
  type Assignment,
  type Eligibility,
  type Expired,
  type RoleAtScope,
  type Schedule,
} from './schedule';

/**
 * Every eligibility and assignment of one role at one scope that has not ended on record. The maps share structure,
 * and each question a command asks has its own index, so that a command costs the same at 100,000 entries.
 */
export interface RoleScheduleState {
  /** null: nothing was ever granted. */
  readonly role: RoleAtScope | null;
  /** The latest time any event says; empty before the first. A command that was long on its way may come with an earlier one. */
  readonly latest: Instant;
  readonly eligibilities: PersistentMap<Eligibility>;
  readonly assignments: PersistentMap<Assignment>;
  /** Schedule ids of both kinds by principal. */
  readonly byPrincipal: PersistentMap<readonly string[]>;
  /** Ids of the activations made from an eligibility, by its id. */
  readonly madeFrom: PersistentMap<PersistentMap<string>>;
  /** Activations at narrower scopes made from eligibilities here. */
  readonly narrowings: Narrowings;
  /** What groups hold here, by schedule id. */
  readonly ofGroups: PersistentMap<Schedule>;
  /** Permanent standing assignments of users, by schedule id: those the last-administrator rule counts once started. */
  readonly keepers: PersistentMap<Assignment>;
  /** The last schedule of each kind that an administrator had given and that expired, by `expiredKey`. */
  readonly expired: PersistentMap<Expired>;
  /** How many permanent holders the role's settings demand at the least. */
  readonly minimum: number;
  readonly barred: PersistentMap<true>;
  /** Ids of the requests that were carried out or refused: the same request again is silence. */
  readonly handled: PersistentMap<true>;
}

export const initial: RoleScheduleState = {
  role: null,
  latest: '',
  eligibilities: PersistentMap.empty(),
  assignments: PersistentMap.empty(),
  byPrincipal: PersistentMap.empty(),
  madeFrom: PersistentMap.empty(),
  narrowings: noNarrowings,
  ofGroups: PersistentMap.empty(),
  keepers: PersistentMap.empty(),
  expired: PersistentMap.empty(),
  minimum: 0,
  barred: PersistentMap.empty(),
  handled: PersistentMap.empty(),
};

/** A schedule of either kind that has not ended on record. */
export const scheduleOf = (state: RoleScheduleState, scheduleId: string): Schedule | undefined =>
  state.assignments.get(scheduleId) ?? state.eligibilities.get(scheduleId);

/** What is remembered of expiries is one per principal and kind: what they could ask to have back. */
export const expiredKey = (kind: ScheduleKind, principalId: string): string => `${kind}:${principalId}`;

const isKeeper = (schedule: Schedule): schedule is Assignment =>
  schedule.kind === 'assignment' &&
  schedule.assignmentType === 'Assigned' &&
  schedule.principalType === 'user' &&
  schedule.end === null;

const store = (state: RoleScheduleState, schedule: Schedule): RoleScheduleState => ({
  ...state,
  role: schedule.role,
  ...(schedule.kind === 'eligibility'
    ? { eligibilities: state.eligibilities.with(schedule.scheduleId, schedule) }
    : { assignments: state.assignments.with(schedule.scheduleId, schedule) }),
  ofGroups: schedule.principalType === 'group' ? state.ofGroups.with(schedule.scheduleId, schedule) : state.ofGroups,
  keepers: isKeeper(schedule) ? state.keepers.with(schedule.scheduleId, schedule) : state.keepers,
  expired: isActivation(schedule)
    ? state.expired
    : state.expired.without(expiredKey(schedule.kind, schedule.principalId)),
});

/** Puts a value under a key, or removes the key when nothing is left. */
const put = <V>(map: PersistentMap<V>, key: string, value: V, isEmpty: boolean): PersistentMap<V> =>
  isEmpty ? map.without(key) : map.with(key, value);

const withoutDerived = (state: RoleScheduleState, schedule: Schedule): RoleScheduleState['madeFrom'] => {
  if (schedule.kind === 'eligibility' || schedule.eligibilityId === null) return state.madeFrom;
  const rest = (state.madeFrom.get(schedule.eligibilityId) ?? PersistentMap.empty<string>()).without(
    schedule.scheduleId,
  );
  return put(state.madeFrom, schedule.eligibilityId, rest, rest.size === 0);
};

const withDerived = (state: RoleScheduleState, schedule: Schedule): RoleScheduleState['madeFrom'] => {
  if (schedule.kind === 'eligibility' || schedule.eligibilityId === null) return state.madeFrom;
  const others = state.madeFrom.get(schedule.eligibilityId) ?? PersistentMap.empty<string>();
  return state.madeFrom.with(schedule.eligibilityId, others.with(schedule.scheduleId, schedule.scheduleId));
};

const add = (state: RoleScheduleState, schedule: Schedule): RoleScheduleState => {
  const others = (state.byPrincipal.get(schedule.principalId) ?? []).filter((id) => id !== schedule.scheduleId);
  return {
    ...store(state, schedule),
    byPrincipal: state.byPrincipal.with(schedule.principalId, [...others, schedule.scheduleId]),
    madeFrom: withDerived(state, schedule),
    handled: state.handled.with(schedule.scheduleId, true),
  };
};

const end = (state: RoleScheduleState, scheduleId: string, requestId: string | null = null): RoleScheduleState => {
  const handled = requestId === null ? state.handled : state.handled.with(requestId, true);
  const schedule = scheduleOf(state, scheduleId);
  if (!schedule) return { ...state, handled };
  const rest = (state.byPrincipal.get(schedule.principalId) ?? []).filter((id) => id !== scheduleId);
  return {
    ...state,
    handled,
    eligibilities: state.eligibilities.without(scheduleId),
    assignments: state.assignments.without(scheduleId),
    byPrincipal: put(state.byPrincipal, schedule.principalId, rest, rest.length === 0),
    madeFrom: withoutDerived(state, schedule),
    ofGroups: state.ofGroups.without(scheduleId),
    keepers: state.keepers.without(scheduleId),
  };
};

const expire = (state: RoleScheduleState, scheduleId: string, end_: Instant): RoleScheduleState => {
  const schedule = scheduleOf(state, scheduleId);
  const rest = end(state, scheduleId);
  if (!schedule || isActivation(schedule)) return rest;
  const { kind, principalId } = schedule;
  return { ...rest, expired: rest.expired.with(expiredKey(kind, principalId), { kind, scheduleId, end: end_ }) };
};

const mark = (
  state: RoleScheduleState,
  scheduleId: string,
  change: Partial<Pick<Schedule, 'started' | 'remindedAt' | 'cancelRefused' | 'end'>>,
): RoleScheduleState => {
  const schedule = scheduleOf(state, scheduleId);
  return schedule ? store(state, { ...schedule, ...change }) : state;
};

const granted = (
  state: RoleScheduleState,
  data: Omit<EligibilityGranted['data'] | AssignmentGranted['data'], 'by'>,
) => ({
  // One object for all of them, not a copy of two ids per entry.
  role: state.role ?? { roleDefinitionId: data.roleDefinitionId, directoryScopeId: data.directoryScopeId },
  scheduleId: data.scheduleId,
  principalId: data.principalId,
  principalType: data.principalType,
  start: data.start,
  end: data.end,
  started: data.start <= data.at,
  remindedAt: null,
  cancelRefused: false,
});

/** Activations of the schedule that was replaced rest on the one that goes on. */
const moveActivations = (
  state: RoleScheduleState,
  { activations, scheduleId }: EligibilityRescheduled['data'],
): RoleScheduleState =>
  activations.reduce((moved, id) => {
    const activation = moved.assignments.get(id);
    return activation ? add(end(moved, id), { ...activation, eligibilityId: scheduleId }) : moved;
  }, state);

const reschedule = (
  state: RoleScheduleState,
  data: (EligibilityRescheduled | AssignmentRescheduled)['data'],
): RoleScheduleState => {
  const schedule = scheduleOf(state, data.replaces);
  if (!schedule) return state;
  return add(end(state, data.replaces), { ...schedule, ...granted(state, data) });
};

type Facts = { readonly [E in RoleScheduleEvent as E['type']]: E['data'] };
type Fact<T extends keyof Facts> = { readonly [K in T]: { readonly type: K; readonly data: Facts[K] } }[T];

const on: { readonly [T in keyof Facts]: (state: RoleScheduleState, data: Facts[T]) => RoleScheduleState } = {
  EligibilityGranted: (state, data) => add(state, { kind: 'eligibility', ...granted(state, data) }),
  AssignmentGranted: (state, data) =>
    add(state, {
      kind: 'assignment',
      ...granted(state, data),
      assignmentType: data.assignmentType,
      eligibilityId: data.eligibilityId,
      eligibleAt: data.eligibleAt,
      memberType: data.memberType,
    }),
  ActivationNarrowed: (state, data) => ({
    ...state,
    narrowings: withNarrowed(state.narrowings, data),
    handled: state.handled.with(data.scheduleId, true),
  }),
  EligibilityRescheduled: (state, data) => ({
    ...moveActivations(reschedule(state, data), data),
    narrowings: movedTo(state.narrowings, data),
  }),
  AssignmentRescheduled: reschedule,
  AssignmentShortened: (state, { scheduleId, end: earlier }) => mark(state, scheduleId, { end: earlier }),
  ExpiryReminderDue: (state, { scheduleId, daysLeft }) => mark(state, scheduleId, { remindedAt: daysLeft }),
  EligibilityStarted: (state, { scheduleId }) => mark(state, scheduleId, { started: true }),
  AssignmentStarted: (state, { scheduleId }) => mark(state, scheduleId, { started: true }),
  EligibilityRemoved: (state, { scheduleId, requestId }) => end(state, scheduleId, requestId),
  AssignmentRemoved: (state, { scheduleId, requestId }) => end(state, scheduleId, requestId),
  AssignmentDeactivated: (state, { scheduleId, requestId }) => end(state, scheduleId, requestId),
  EligibilityExpired: (state, { scheduleId, at }) => expire(state, scheduleId, at),
  AssignmentExpired: (state, { scheduleId, at }) => expire(state, scheduleId, at),
  // A refusal that names a schedule's own request can only be a cancellation that came after its start.
  ScheduleChangeRefused: (state, { requestId }) => ({
    ...mark(state, requestId, { cancelRefused: true }),
    handled: state.handled.with(requestId, true),
  }),
  MinimumHoldersSet: (state, { minimum }) => ({ ...state, minimum }),
  PrincipalBarred: (state, { principalId }) => ({ ...state, barred: state.barred.with(principalId, true) }),
  PrincipalBarLifted: (state, { principalId }) => ({ ...state, barred: state.barred.without(principalId) }),
};

const apply = <T extends keyof Facts>(state: RoleScheduleState, event: Fact<T>): RoleScheduleState =>
  on[event.type](state, event.data);

/** What an event changes. An end that names a schedule already ended changes nothing. */
export const evolve = (state: RoleScheduleState, event: RoleScheduleEvent): RoleScheduleState => {
  const { at } = event.data;
  return apply(at > state.latest ? { ...state, latest: at } : state, event);
};
