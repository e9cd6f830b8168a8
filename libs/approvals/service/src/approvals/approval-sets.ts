import { accessIdOf, type ScheduleOrder } from '@pim/contracts';
import type { GraphRequest, GraphVersion } from '@pim/platform';

/** One of the two sets of approvals: of directory roles, or of groups (reference §1.7). */
export interface ApprovalSet {
  /** Path of the set; part of every context. */
  readonly path: string;
  readonly isOfGroup: boolean;
  /** What an approval's one step is called, and shown under even when nobody asked to expand it. */
  inline(version: GraphVersion): 'steps' | 'stages';
}

export const roleApprovals: ApprovalSet = {
  path: 'roleManagement/directory/roleAssignmentApprovals',
  isOfGroup: false,
  inline: () => 'steps',
};

export const groupApprovals: ApprovalSet = {
  path: 'identityGovernance/privilegedAccess/group/assignmentApprovals',
  isOfGroup: true,
  inline: (version) => (version === 'beta' ? 'steps' : 'stages'),
};

/** The set that the route is in. */
export const setOf = ({ path }: Pick<GraphRequest, 'path'>): ApprovalSet =>
  path.includes('privilegedAccess') ? groupApprovals : roleApprovals;

/** Whether what an approval is about belongs in a set: whoever may read or decide in one may not in the other. */
export const isIn = (
  { isOfGroup }: ApprovalSet,
  { roleDefinitionId }: Pick<ScheduleOrder, 'roleDefinitionId'>,
): boolean => (accessIdOf(roleDefinitionId) !== null) === isOfGroup;
