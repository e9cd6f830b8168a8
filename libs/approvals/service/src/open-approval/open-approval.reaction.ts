import { requestStream, type RequestEvent } from '@pim/contracts';
import type { Reaction } from '@pim/engine';
import { ChangeApprovalCommand } from './change-approval.handler';
import { openingIn } from './opening';

/** A request that needs somebody's yes opens an approval; one that is withdrawn, or lost its ground, closes it. */
export const openApproval: Reaction<RequestEvent, ChangeApprovalCommand> = {
  name: 'open-approval',
  source: requestStream,
  react: (event, context) => {
    const opening = openingIn(event);
    if (opening)
      return [new ChangeApprovalCommand(event.data.requestId, { type: 'OpenApproval', ...opening }, context)];
    if (event.type === 'RequestCanceled' && event.data.from === 'PendingApproval')
      return [new ChangeApprovalCommand(event.data.requestId, { type: 'WithdrawApproval' }, context)];
    // Also recorded of activations that needed nobody's yes: of those nothing is to be withdrawn.
    if (event.type === 'RequestRevoked' && event.data.action === 'selfActivate')
      return [new ChangeApprovalCommand(event.data.requestId, { type: 'WithdrawAsked' }, context)];
    return [];
  },
};
