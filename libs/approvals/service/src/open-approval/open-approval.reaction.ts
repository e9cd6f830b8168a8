import { requestStream, type RequestEvent } from '@pim/contracts';
import type { Reaction } from '@pim/engine';
import { ChangeApprovalCommand, type ApprovalChange } from './change-approval.handler';

/** What approvers are asked: at once, or when the role's custom extension has approved. */
const openingIn = (event: RequestEvent): ApprovalChange | null => {
  if (event.type === 'RequestSubmitted') {
    const { approval: terms, customExtension, order } = event.data;
    return terms && !customExtension ? { type: 'OpenApproval', terms, order } : null;
  }
  if (event.type !== 'CustomExtensionAnswered') return null;
  const { approval: terms, order } = event.data;
  return terms && order && { type: 'OpenApproval', terms, order };
};

/** A request that needs somebody's yes opens an approval; one that is withdrawn, or lost its ground, closes it. */
export const openApproval: Reaction<RequestEvent, ChangeApprovalCommand> = {
  name: 'open-approval',
  source: requestStream,
  react: (event, context) => {
    const opening = openingIn(event);
    if (opening) return [new ChangeApprovalCommand(event.data.requestId, opening, context)];
    if (event.type === 'RequestCanceled' && event.data.from === 'PendingApproval')
      return [new ChangeApprovalCommand(event.data.requestId, { type: 'WithdrawApproval' }, context)];
    // Also recorded of activations that needed nobody's yes: of those nothing is to be withdrawn.
    if (event.type === 'RequestRevoked' && event.data.action === 'selfActivate')
      return [new ChangeApprovalCommand(event.data.requestId, { type: 'WithdrawOpened' }, context)];
    return [];
  },
};
