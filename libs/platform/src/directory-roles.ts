import {
  groupBehind,
  groupsIn,
  heldAt,
  holdingUntil,
  holdsAt,
  isEnabled,
  principal,
  roleSchedule,
  type PrincipalState,
  type RoleScheduleState,
} from '@pim/assignments/domain';
import {
  principalStream,
  roleScheduleId,
  roleScheduleStream,
  type Instant,
  type PrincipalEvent,
  type RoleScheduleEvent,
} from '@pim/contracts';
import type { Journal, StreamView } from '@pim/engine';
import type { DirectoryRoles } from './auth';

/** The stream of one role at one scope, for whoever must know who holds it. */
export const roleScheduleView: StreamView<RoleScheduleState, RoleScheduleEvent> = {
  stream: roleScheduleStream,
  view: roleSchedule,
};

/** The stream of one principal. */
export const principalView: StreamView<PrincipalState, PrincipalEvent> = { stream: principalStream, view: principal };

/** How somebody is in a group at an instant: for good, until PIM for Groups ends it, or not at all (null). */
export interface Membership {
  /** null: as long as nobody takes them out. */
  readonly until: Instant | null;
}

/** By the group's own stream, or by an active assignment of PIM for Groups; null for a group that is gone. */
export const membershipOf = async (
  journal: Journal,
  groupId: string,
  principalId: string,
  now: Instant,
): Promise<Membership | null> => {
  const [{ state: group }, { state: guard }] = await Promise.all([
    journal.load(principalView, groupId),
    journal.load(roleScheduleView, roleScheduleId('member', groupId)),
  ]);
  if (group.status !== 'known') return null;
  if (group.members.has(principalId)) return { until: null };
  return holdingUntil(guard, principalId, now);
};

/** Whether somebody is in a group at an instant. */
export const isMember = async (
  journal: Journal,
  groupId: string,
  principalId: string,
  now: Instant,
): Promise<boolean> => (await membershipOf(journal, groupId, principalId, now)) !== null;

/** The groups that matter in a role, as far as this principal is in them, with how long. */
export const membershipsIn = async (
  journal: Journal,
  role: RoleScheduleState,
  principalId: string,
  now: Instant,
): Promise<ReadonlyMap<string, Membership>> => {
  const groups = groupsIn(role);
  const found = await Promise.all(groups.map((groupId) => membershipOf(journal, groupId, principalId, now)));
  return new Map(groups.flatMap((groupId, index) => (found[index] ? [[groupId, found[index]] as const] : [])));
};

/** Which of the groups that matter in a role this principal is in. */
export const groupsOf = async (
  journal: Journal,
  role: RoleScheduleState,
  principalId: string,
  now: Instant,
): Promise<readonly string[]> => [...(await membershipsIn(journal, role, principalId, now)).keys()];

const holds = async (journal: Journal, principalId: string, roleId: string, now: Instant): Promise<boolean> => {
  const { state } = await journal.load(roleScheduleView, roleScheduleId(roleId, '/'));
  const groups = await groupsOf(journal, state, principalId, now);
  if (groups.some((groupId) => holdsAt(state, groupId, now))) return true;
  // What was activated through a group counts only while its holder is in it, whether or not its end is on record.
  return heldAt(state, principalId, now).some(({ scheduleId }) => {
    const group = groupBehind(state, scheduleId);
    return group === null || groups.includes(group);
  });
};

/** Only these have accounts: nobody can sign in as a group. */
const kinds = { user: 'user', servicePrincipal: 'application', group: null, administrativeUnit: null } as const;

/** Who holds which directory role: from the log and the clock, never from a read model (design decision 6). */
export const createDirectoryRoles = (journal: Journal): DirectoryRoles => ({
  heldBy: async (principalId, roleDefinitionIds, now) => {
    const held = await Promise.all(roleDefinitionIds.map((roleId) => holds(journal, principalId, roleId, now)));
    return roleDefinitionIds.filter((_, index) => held[index]);
  },
  accountKind: async (principalId) => {
    const { state } = await journal.load(principalView, principalId);
    return isEnabled(state) ? kinds[state.principalType] : null;
  },
});
