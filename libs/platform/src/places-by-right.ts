import { activeAt, groupBehind, heldAt, isProtectedGroup, type RoleScheduleState } from '@pim/assignments/domain';
import { roleScheduleId, type AccessId, type Instant } from '@pim/contracts';
import type { Journal } from '@pim/engine';
import { principalView, roleScheduleView } from './directory-roles';

const isProtected = async (journal: Journal, groupId: string, now: Instant): Promise<boolean> => {
  const { state } = await journal.load(principalView, groupId);
  return state.status === 'known' && isProtectedGroup(state, now);
};

/** What somebody activated by way of a group that others may change is the doing of those others. */
const holdsByRight = async (
  journal: Journal,
  guard: RoleScheduleState,
  principalId: string,
  now: Instant,
): Promise<boolean> => {
  for (const { scheduleId } of heldAt(guard, principalId, now)) {
    const behind = groupBehind(guard, scheduleId);
    if (behind === null || (await isProtected(journal, behind, now))) return true;
  }
  return false;
};

const placesIn = async (journal: Journal, groupId: string, accessId: AccessId) => {
  const [{ state: group }, { state: guard }] = await Promise.all([
    journal.load(principalView, groupId),
    journal.load(roleScheduleView, roleScheduleId(accessId, groupId)),
  ]);
  return { group, guard };
};

/**
 * Whether somebody decides as a member of a group: by its own stream or by PIM for Groups, but not by way of another
 * group unless that one is protected, too. From the log. False for a group that is gone.
 */
export const isMemberByRight = async (
  journal: Journal,
  groupId: string,
  userId: string,
  now: Instant,
): Promise<boolean> => {
  const { group, guard } = await placesIn(journal, groupId, 'member');
  if (group.status !== 'known') return false;
  return group.members.has(userId) || holdsByRight(journal, guard, userId, now);
};

/** Everybody of whom `isMemberByRight` says yes. */
export const membersByRight = async (journal: Journal, groupId: string, now: Instant): Promise<readonly string[]> => {
  const { group, guard } = await placesIn(journal, groupId, 'member');
  if (group.status !== 'known') return [];
  const active = [...new Set(activeAt(guard, now).map(({ principalId }) => principalId))];
  const counts = await Promise.all(active.map((id) => holdsByRight(journal, guard, id, now)));
  return [...group.members.values(), ...active.filter((_, index) => counts[index])];
};

/**
 * Whether somebody decides about a group as its owner: by its own stream or by PIM for Groups; of a protected group not by
 * way of another group, unless that one is protected, too. From the log. False for a group that is gone.
 */
export const ownsByRight = async (
  journal: Journal,
  groupId: string,
  userId: string,
  now: Instant,
): Promise<boolean> => {
  const { group, guard } = await placesIn(journal, groupId, 'owner');
  if (group.status !== 'known') return false;
  if (group.owners.has(userId)) return true;
  if (!isProtectedGroup(group, now)) return heldAt(guard, userId, now).length > 0;
  return holdsByRight(journal, guard, userId, now);
};
