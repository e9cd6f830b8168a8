import { requestStream, type RequestEvent } from '@pim/contracts';
import type { Reaction } from '@pim/engine';
import { ChangeApprovalCommand } from './change-approval.handler';

/** A request that needs somebody's yes opens an approval; one that is withdrawn, or lost its ground, closes it. */
export const openApproval: Reaction<RequestEvent, ChangeApprovalCommand> = {
  name: 'open-approval',
  source: requestStream,
  react: (event, context) => {
    if (event.type === 'RequestSubmitted' && event.data.approval) {
      const { requestId, approval: terms, order } = event.data;
      return [new ChangeApprovalCommand(requestId, { type: 'OpenApproval', terms, order }, context)];
    }
    if (event.type === 'RequestCanceled' && event.data.from === 'PendingApproval')
      return [new ChangeApprovalCommand(event.data.requestId, { type: 'WithdrawApproval' }, context)];
    // Also recorded of activations that needed nobody's yes: of those nothing is to be withdrawn.
    if (event.type === 'RequestRevoked' && event.data.action === 'selfActivate')
      return [new ChangeApprovalCommand(event.data.requestId, { type: 'WithdrawOpened' }, context)];
    return [];
  },
};
