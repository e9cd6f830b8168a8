import { approvalStream, delegationStream, emergencyReviewStream } from '@pim/contracts';
import { delegationDocuments, principals, type Context } from '@pim/platform';
import { approvalDocuments } from './approvals/approvals.projection';
import { servedSets } from './approvals/served-sets';
import { ApprovalsModule } from './approvals.module';
import { emergencyReviewDocuments } from './emergency-reviews/emergency-reviews.projection';
import { openEmergencyReview } from './emergency-reviews/open-emergency-review.reaction';
import { escalateApproval, lapseApproval, remindApprovers } from './open-approval/approval-clock.deadlines';
import { checkApprovers, checkApproversOf, checkApproversOfGroup } from './open-approval/check-approvers.reaction';
import { openApproval } from './open-approval/open-approval.reaction';

export { askedApprovers } from './open-approval/opening';
export { ChangeApprovalCommand } from './open-approval/change-approval.handler';
export { CheckApproversCommand, CheckApproversOfCommand } from './open-approval/check-approvers.handler';

/** Somebody else's yes: asks the approvers stage by stage, takes their answers, and closes what nobody answered. */
export const approvals: Context = {
  name: 'approvals',
  module: ApprovalsModule,
  sets: servedSets,
  streams: [approvalStream, delegationStream, emergencyReviewStream],
  projections: () => [principals, approvalDocuments, delegationDocuments, emergencyReviewDocuments],
  reactions: [openApproval, checkApprovers, checkApproversOf, checkApproversOfGroup, openEmergencyReview],
  deadlines: [lapseApproval, escalateApproval, remindApprovers],
};
