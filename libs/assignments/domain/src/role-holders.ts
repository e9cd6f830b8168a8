import type { Instant } from '@pim/contracts';
import { groupsIn, liveSchedulesOf, principalsIn } from './role-schedule-answers';
import type { PrincipalState } from './principal';
import type { RoleScheduleState } from './role-schedule';
import type { Window } from './schedule';

/** A group, as far as it says who has what it has: its own members, and those by PIM for Groups. */
export interface GroupView {
  readonly group: PrincipalState;
  /** The guard of its members. */
  readonly memberships: RoleScheduleState;
}

/** Everybody who has a role or may activate it, wherever: its guards, and the groups in them, by their ids. */
export interface RoleHolders {
  readonly guards: readonly RoleScheduleState[];
  readonly groups: ReadonlyMap<string, GroupView>;
}

/** The time that two windows share; null: none. */
export const shared = (one: Window, other: Window): Window | null => {
  const start = one.start > other.start ? one.start : other.start;
  const ends = [one.end, other.end].filter((end) => end !== null).sort();
  const end = ends[0] ?? null;
  return end !== null && end <= start ? null : { start, end };
};

/** What of these windows falls into others. */
const within = (windows: readonly Window[], others: readonly Window[]): readonly Window[] =>
  windows.flatMap((one) => others.flatMap((other) => shared(one, other) ?? []));

/** When somebody is in a group, from now on. Who may only activate a membership is not in it. */
export const membershipsOf = (
  { group, memberships }: GroupView,
  principalId: string,
  now: Instant,
): readonly Window[] => {
  if (group.status !== 'known') return [];
  if (group.members.has(principalId)) return [{ start: now, end: null }];
  return liveSchedulesOf(memberships, principalId, now).filter(({ kind }) => kind === 'assignment');
};

/** Everybody who is in a group, or will be. Costs its size. */
export const membersOf = ({ group, memberships }: GroupView): readonly string[] =>
  group.status === 'known' ? [...new Set([...group.members.keys(), ...principalsIn(memberships)])] : [];

const holdingsIn = (
  guard: RoleScheduleState,
  { groups }: RoleHolders,
  principalId: string,
  now: Instant,
): readonly Window[] => [
  ...liveSchedulesOf(guard, principalId, now),
  ...groupsIn(guard).flatMap((groupId) => {
    const view = groups.get(groupId);
    return view ? within(membershipsOf(view, principalId, now), liveSchedulesOf(guard, groupId, now)) : [];
  }),
];

/** When somebody has a role or may activate it, from now on, themself or by a group, at any scope. */
export const holdingsOf = (holders: RoleHolders, principalId: string, now: Instant): readonly Window[] =>
  holders.guards.flatMap((guard) => holdingsIn(guard, holders, principalId, now));

/** Everybody who may have a role: whoever is named in a guard, and the members of groups that are. Costs their number. */
export const everybodyIn = ({ guards, groups }: RoleHolders): readonly string[] => [
  ...new Set([...guards.flatMap(principalsIn), ...[...groups.values()].flatMap(membersOf)]),
];

/** Who has both roles at some time from now on. Costs the size of the smaller one. */
export const holdersOfBoth = (one: RoleHolders, other: RoleHolders, now: Instant): readonly string[] => {
  const [a, b] = [everybodyIn(one), everybodyIn(other)];
  return (a.length < b.length ? a : b)
    .filter((id) => within(holdingsOf(one, id, now), holdingsOf(other, id, now)).length > 0)
    .sort();
};
