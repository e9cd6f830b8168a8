import { approvalStream, type ApprovalEvent } from '@pim/contracts';
import type { Reaction } from '@pim/engine';
import { RecordOutcomeCommand, type Outcome } from './record-outcome.handler';

const outcomeOf = ({ type, data }: ApprovalEvent): Outcome | null => {
  switch (type) {
    case 'ApprovalGranted':
      return { type: 'RecordApproval', data: { by: data.by, now: data.at } };
    case 'ApprovalDenied':
      return { type: 'RecordDenial', data: { by: data.by, now: data.at } };
    case 'ApprovalLapsed':
      return { type: 'RecordLapse', data: { now: data.at } };
    default:
      return null;
  }
};

/** Requests learn what the approvers said. */
export const followApproval: Reaction<ApprovalEvent, RecordOutcomeCommand> = {
  name: 'follow-approval',
  source: approvalStream,
  react: (event, context) => {
    const outcome = outcomeOf(event);
    return outcome ? [new RecordOutcomeCommand(event.data.approvalId, outcome, context)] : [];
  },
};
