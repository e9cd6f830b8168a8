import { approvalStream, requestStream, type ApprovalEvent, type RequestEvent } from '@pim/contracts';
import type { Reaction } from '@pim/engine';
import { CarryOutOrderCommand } from './carry-out-order.handler';

/** A request that needs nobody's yes is carried out at once. */
export const carryOutSubmitted: Reaction<RequestEvent, CarryOutOrderCommand> = {
  name: 'carry-out-submitted',
  source: requestStream,
  react: (event, context) =>
    event.type === 'RequestSubmitted' && event.data.approval === null
      ? [new CarryOutOrderCommand(event.data.order, context)]
      : [],
};

/** An approved one when its approver said yes. */
export const carryOutApproved: Reaction<ApprovalEvent, CarryOutOrderCommand> = {
  name: 'carry-out-approved',
  source: approvalStream,
  react: (event, context) =>
    event.type === 'ApprovalGranted' ? [new CarryOutOrderCommand(event.data.order, context)] : [],
};
