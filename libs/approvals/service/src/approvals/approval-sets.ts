import type { OpenedState } from '@pim/approvals/domain';
import { accessIdOf, type ScheduleOrder } from '@pim/contracts';
import { Rejection } from '@pim/kernel';
import { guidFor, type GraphRequest, type GraphVersion } from '@pim/platform';

/** One of the two sets of approvals: of directory roles, or of groups (reference §1.7). */
export interface ApprovalSet {
  /** Path of the set; part of every context. */
  readonly path: string;
  readonly isOfGroup: boolean;
  /** What an approval's steps are called, and shown under even when nobody asked to expand it. */
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

/** The first step's id is the approval's, which is the request's (reference §4.2); those of later ones are always the same. */
export const stepIdOf = (approvalId: string, stage: number): string =>
  stage === 1 ? approvalId : guidFor(`approval ${approvalId} stage ${stage}`);

/** The stage that a step's id names; 1 is the first. 404 for an id that no step of the approval has. */
export const stageOf = ({ approvalId, terms }: OpenedState, stepId: string): number => {
  const index = terms.stages.findIndex((_, at) => stepIdOf(approvalId, at + 1) === stepId);
  if (index >= 0) return index + 1;
  throw new Rejection('not-found', 'ResourceNotFound', `The approval has no step ${stepId.slice(0, 100)}.`);
};
