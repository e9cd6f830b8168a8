import { approvalStream, emergencyReviewStream } from '@pim/contracts';
import { principals, type Context } from '@pim/platform';
import { approvalDocuments } from './approvals/approvals.projection';
import { servedSets } from './approvals/served-sets';
import { ApprovalsModule } from './approvals.module';
import { emergencyReviewDocuments } from './emergency-reviews/emergency-reviews.projection';
import { openEmergencyReview } from './emergency-reviews/open-emergency-review.reaction';
import { lapseApproval } from './open-approval/lapse-approval.deadline';
import { openApproval } from './open-approval/open-approval.reaction';

/** Somebody else's yes: asks the approvers, takes the first answer, and closes what nobody answered. */
export const approvals: Context = {
  name: 'approvals',
  module: ApprovalsModule,
  sets: servedSets,
  streams: [approvalStream, emergencyReviewStream],
  projections: () => [principals, approvalDocuments, emergencyReviewDocuments],
  reactions: [openApproval, openEmergencyReview],
  deadlines: [lapseApproval],
};
