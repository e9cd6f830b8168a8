import {
  approvalStream,
  requestStream,
  type ApprovalEvent,
  type CustomExtensionAnswered,
  type RequestEvent,
  type ScheduleOrder,
} from '@pim/contracts';
import type { Reaction } from '@pim/engine';
import { CarryOutOrderCommand } from './carry-out-order.handler';

type ReadyEvent = Extract<RequestEvent, { type: 'RequestSubmitted' | 'CustomExtensionAnswered' | 'ExtensionApproved' }>;

const isApproved = ({ answer }: CustomExtensionAnswered['data']): boolean =>
  answer === 'approved' || answer === 'autoApproved';

const isReady = (event: RequestEvent): event is ReadyEvent => {
  switch (event.type) {
    case 'RequestSubmitted': {
      const { approval, awaitsAdministrator, customExtension } = event.data;
      return approval === null && !awaitsAdministrator && customExtension === null;
    }
    case 'CustomExtensionAnswered':
      return isApproved(event.data) && event.data.approval === null;
    default:
      return event.type === 'ExtensionApproved';
  }
};

const orderOf = ({ type, data }: ReadyEvent): ScheduleOrder => {
  if (type !== 'CustomExtensionAnswered') return data.order;
  if (data.order === null) throw new Error(`request ${data.requestId} was approved without an order (this is a bug)`);
  return data.order;
};

/**
 * A request that needs nobody's yes is carried out at once, one that waited for its role's custom extension when that
 * approved and nobody else has to, an extension or renewal when an administrator agreed. An order that cannot be read
 * throws, so that the event is set aside: what nobody carries out must not pass in silence.
 */
export const carryOutSubmitted: Reaction<RequestEvent, CarryOutOrderCommand> = {
  name: 'carry-out-submitted',
  source: requestStream,
  react: (event, context) => (isReady(event) ? [new CarryOutOrderCommand(orderOf(event), context)] : []),
};

/** An approved one when its approver said yes. */
export const carryOutApproved: Reaction<ApprovalEvent, CarryOutOrderCommand> = {
  name: 'carry-out-approved',
  source: approvalStream,
  react: (event, context) =>
    event.type === 'ApprovalGranted' ? [new CarryOutOrderCommand(event.data.order, context)] : [],
};
