import type { Instant, ScheduleKind } from '@pim/contracts';
import { expiredKey, scheduleOf, type RoleScheduleState } from './role-schedule';
import {
  inEffect,
  isActivation,
  isLive,
  type Assignment,
  type Eligibility,
  type Expired,
  type Schedule,
} from './schedule';

/** What a principal has here and has not ended on record, of both kinds; some may be overdue or still to come. */
export const schedulesOf = (state: RoleScheduleState, principalId: string): readonly Schedule[] =>
  (state.byPrincipal.get(principalId) ?? []).flatMap((id) => scheduleOf(state, id) ?? []);

/** What of it is running or still to come. */
export const liveSchedulesOf = (state: RoleScheduleState, principalId: string, now: Instant): readonly Schedule[] =>
  schedulesOf(state, principalId).filter((schedule) => isLive(schedule, now));

/** Every assignment in effect at an instant, those of groups included. Costs the size of the role. */
export const activeAt = (state: RoleScheduleState, now: Instant): readonly Assignment[] =>
  [...state.assignments.values()].filter((assignment) => inEffect(assignment, now));

/** By what this very principal (not a group of theirs) has the role at an instant, whatever the scheduler has done. */
export const heldAt = (state: RoleScheduleState, principalId: string, now: Instant): readonly Schedule[] =>
  schedulesOf(state, principalId).filter((schedule) => schedule.kind === 'assignment' && inEffect(schedule, now));

export const holdsAt = (state: RoleScheduleState, principalId: string, now: Instant): boolean =>
  heldAt(state, principalId, now).length > 0;

/** Until when, of several the longest; `until` null: without an end. null: not at all. */
export const holdingUntil = (
  state: RoleScheduleState,
  principalId: string,
  now: Instant,
): { readonly until: Instant | null } | null => {
  const held = heldAt(state, principalId, now);
  if (held.length === 0) return null;
  if (held.some(({ end }) => end === null)) return { until: null };
  return { until: held.reduce<Instant>((last, { end }) => (end !== null && end > last ? end : last), '') };
};

/** The groups that are eligible for the role or hold it: those whose members matter here. At most a few hundred. */
export const groupsIn = (state: RoleScheduleState): readonly string[] => [
  ...new Set([...state.ofGroups.values()].map((schedule) => schedule.principalId)),
];

const outlasts = (one: Eligibility, other: Eligibility): boolean =>
  other.end !== null && (one.end === null || one.end > other.end);

/**
 * The eligibility of one of these principals in effect at an instant; null when there is none. Of several the one that
 * lasts longest, so that an activation is cut no shorter than it must be; of equals the one of the first principal named.
 */
export const eligibilityFor = (
  state: RoleScheduleState,
  principalIds: readonly string[],
  at: Instant,
): Eligibility | null =>
  principalIds
    .flatMap((principalId) => schedulesOf(state, principalId))
    .filter((schedule) => schedule.kind === 'eligibility')
    .filter((eligibility) => inEffect(eligibility, at))
    .reduce<Eligibility | null>((best, next) => (best === null || outlasts(next, best) ? next : best), null);

/** The activations made from an eligibility that are running or still to come. */
export const liveActivationsFrom = (
  state: RoleScheduleState,
  eligibilityId: string,
  now: Instant,
): readonly Assignment[] =>
  [...(state.madeFrom.get(eligibilityId)?.values() ?? [])]
    .flatMap((id) => state.assignments.get(id) ?? [])
    .filter((activation) => isLive(activation, now));

/** Whether this is over by the clock though that is not on record yet. */
const isOverdue = (schedule: Schedule, now: Instant): boolean => schedule.end !== null && !isLive(schedule, now);

/**
 * What a principal had been given of this kind and time has ended last, whether or not that is on record yet; null: nothing
 * that could be renewed.
 */
export const expiredOf = (
  state: RoleScheduleState,
  kind: ScheduleKind,
  principalId: string,
  now: Instant,
): Expired | null => {
  const overdue = schedulesOf(state, principalId)
    .filter((schedule) => schedule.kind === kind && !isActivation(schedule) && isOverdue(schedule, now))
    .at(-1);
  if (overdue?.end) return { kind, scheduleId: overdue.scheduleId, end: overdue.end };
  return state.expired.get(expiredKey(kind, principalId)) ?? null;
};

/** Everybody who has something here that has not ended on record. Costs the size of the role. */
export const principalsIn = (state: RoleScheduleState): readonly string[] => [
  ...new Set([...state.eligibilities.values(), ...state.assignments.values()].map(({ principalId }) => principalId)),
];

/** The group whose eligibility an activation rests on; null for everything else. */
export const groupBehind = (state: RoleScheduleState, scheduleId: string): string | null => {
  const schedule = state.assignments.get(scheduleId);
  if (schedule?.memberType !== 'Group' || schedule.eligibilityId === null) return null;
  return schedule.eligibleAt?.principalId ?? state.eligibilities.get(schedule.eligibilityId)?.principalId ?? null;
};

/** What somebody activated from an eligibility of this group, running or still to come. */
export const throughGroup = (
  state: RoleScheduleState,
  { groupId, memberId }: { readonly groupId: string; readonly memberId: string },
  now: Instant,
): readonly Schedule[] =>
  liveSchedulesOf(state, memberId, now).filter(({ scheduleId }) => groupBehind(state, scheduleId) === groupId);
