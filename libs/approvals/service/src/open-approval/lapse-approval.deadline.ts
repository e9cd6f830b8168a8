import { approvalStream, type ApprovalEvent } from '@pim/contracts';
import type { Deadline } from '@pim/engine';
import { ChangeApprovalCommand } from './change-approval.handler';

/** After the window nobody can approve any more (reference §4.13). */
export const lapseApproval: Deadline<ApprovalEvent, { approvalId: string }, ChangeApprovalCommand> = {
  name: 'lapse-approval',
  source: approvalStream,
  due: (event) => {
    const { approvalId } = event.data;
    if (event.type === 'ApprovalDecisionRefused') return [];
    return [
      {
        key: approvalId,
        at: event.type === 'ApprovalOpened' ? event.data.terms.deadline : null,
        subject: { approvalId },
      },
    ];
  },
  command: ({ approvalId }, context) => new ChangeApprovalCommand(approvalId, { type: 'LapseApproval' }, context),
};
