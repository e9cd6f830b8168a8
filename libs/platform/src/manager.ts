import { isEnabled } from '@pim/assignments/domain';
import type { Journal } from '@pim/engine';
import { principalView } from './directory-roles';

/**
 * The id of a user's manager, by the log; null when there is none, and when the manager was deleted or their account is
 * off: then nobody stands in.
 */
export const managerOf = async (journal: Journal, userId: string): Promise<string | null> => {
  const { state: user } = await journal.load(principalView, userId);
  const managerId = user.status === 'known' ? user.attributes.managerId : null;
  if (managerId === null) return null;
  const { state: manager } = await journal.load(principalView, managerId);
  return isEnabled(manager) ? managerId : null;
};
