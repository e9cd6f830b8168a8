import {
  groupsIn,
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

/** Whether a group has this member, from the group's own stream. */
export const isMember = async (journal: Journal, groupId: string, principalId: string): Promise<boolean> => {
  const { state } = await journal.load(principalView, groupId);
  return state.status === 'known' && state.members.has(principalId);
};

/** Which of the groups that matter in a role this principal is in. */
export const groupsOf = async (
  journal: Journal,
  role: RoleScheduleState,
  principalId: string,
): Promise<readonly string[]> => {
  const groups = groupsIn(role);
  const member = await Promise.all(groups.map((groupId) => isMember(journal, groupId, principalId)));
  return groups.filter((_, index) => member[index]);
};

const holds = async (journal: Journal, principalId: string, roleId: string, now: Instant): Promise<boolean> => {
  const { state } = await journal.load(roleScheduleView, roleScheduleId(roleId, '/'));
  if (holdsAt(state, principalId, now)) return true;
  const groups = await groupsOf(journal, state, principalId);
  return groups.some((groupId) => holdsAt(state, groupId, now));
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
