import { approvalStream } from '@pim/contracts';
import { principals, type Context } from '@pim/platform';
import { approvalDocuments } from './approvals/approvals.projection';
import { servedSets } from './approvals/served-sets';
import { ApprovalsModule } from './approvals.module';
import { lapseApproval } from './open-approval/lapse-approval.deadline';
import { openApproval } from './open-approval/open-approval.reaction';

/** Somebody else's yes: asks the approvers, takes the first answer, and closes what nobody answered. */
export const approvals: Context = {
  name: 'approvals',
  module: ApprovalsModule,
  sets: servedSets,
  streams: [approvalStream],
  projections: () => [principals, approvalDocuments],
  reactions: [openApproval],
  deadlines: [lapseApproval],
};
