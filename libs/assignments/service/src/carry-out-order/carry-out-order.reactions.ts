import { approvalStream, requestStream, type ApprovalEvent, type RequestEvent } from '@pim/contracts';
import type { Reaction } from '@pim/engine';
import { CarryOutOrderCommand } from './carry-out-order.handler';

type ReadyEvent = Extract<RequestEvent, { type: 'RequestSubmitted' | 'ExtensionApproved' }>;

const isReady = (event: RequestEvent): event is ReadyEvent =>
  event.type === 'ExtensionApproved' ||
  (event.type === 'RequestSubmitted' && event.data.approval === null && !event.data.awaitsAdministrator);

/**
 * A request that needs nobody's yes is carried out at once, an extension or renewal when an administrator agreed. An
 * order that cannot be read throws, so that the event is set aside: what nobody carries out must not pass in silence.
 */
export const carryOutSubmitted: Reaction<RequestEvent, CarryOutOrderCommand> = {
  name: 'carry-out-submitted',
  source: requestStream,
  react: (event, context) => (isReady(event) ? [new CarryOutOrderCommand(event.data.order, context)] : []),
};

/** An approved one when its approver said yes. */
export const carryOutApproved: Reaction<ApprovalEvent, CarryOutOrderCommand> = {
  name: 'carry-out-approved',
  source: approvalStream,
  react: (event, context) =>
    event.type === 'ApprovalGranted' ? [new CarryOutOrderCommand(event.data.order, context)] : [],
};
