import type { ServedSet } from '@pim/platform';
import { groupApprovals, roleApprovals } from './approval-sets';
import { approvalSchema } from './schemas';

/** What of Graph this context serves. */
export const servedSets: readonly ServedSet[] = [roleApprovals, groupApprovals].map((set) => ({
  path: set.path,
  schema: approvalSchema('v1.0', set),
  beta: approvalSchema('beta', set),
  filterByCurrentUser: ['target', 'createdBy', 'approver'],
}));
