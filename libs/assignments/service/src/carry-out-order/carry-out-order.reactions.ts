import {
  approvalStream,
  requestStream,
  type ApprovalEvent,
  type RequestEvent,
  type ScheduleOrder,
} from '@pim/contracts';
import type { Reaction } from '@pim/engine';
import { CarryOutOrderCommand } from './carry-out-order.handler';

const orderToCarryOut = ({ type, data }: RequestEvent): ScheduleOrder | null => {
  if (type === 'ExtensionApproved') return data.order;
  return type === 'RequestSubmitted' && data.approval === null && !data.awaitsAdministrator ? data.order : null;
};

/** A request that needs nobody's yes is carried out at once, an extension or renewal when an administrator agreed. */
export const carryOutSubmitted: Reaction<RequestEvent, CarryOutOrderCommand> = {
  name: 'carry-out-submitted',
  source: requestStream,
  react: (event, context) => {
    const order = orderToCarryOut(event);
    return order ? [new CarryOutOrderCommand(order, context)] : [];
  },
};

/** An approved one when its approver said yes. */
export const carryOutApproved: Reaction<ApprovalEvent, CarryOutOrderCommand> = {
  name: 'carry-out-approved',
  source: approvalStream,
  react: (event, context) =>
    event.type === 'ApprovalGranted' ? [new CarryOutOrderCommand(event.data.order, context)] : [],
};
