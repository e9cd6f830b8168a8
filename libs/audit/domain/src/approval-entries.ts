import type { ApprovalEvent, ScheduleOrder } from '@pim/contracts';
import { silent, type Decisions } from './entry';
import { roleDetails, scheduleTargets, target } from './targets';

/** Only activations wait for approval, and only users activate. */
const about = (order: ScheduleOrder) => ({
  targets: scheduleTargets(order, 'user', order.requestId),
  details: {
    ...roleDetails(order.roleDefinitionId),
    RequestId: order.requestId,
    RoleAssignmentRequestId: order.requestId,
  },
});

/** Events that do not carry the order: the approval's id is the request's (reference §4.2). */
const aboutRequest = (approvalId: string) => ({
  targets: [target('Request', approvalId)],
  details: { RequestId: approvalId, RoleAssignmentRequestId: approvalId },
});

/** What approvals say for the trail. */
export const approvalEntries: Decisions<ApprovalEvent> = {
  ApprovalOpened: ({ order }) => ({
    ...about(order),
    activity: 'Add member to role approval requested (PIM activation)',
    operation: 'Add',
    by: order.actor,
  }),
  ApprovalGranted: ({ order, by, justification }) => ({
    targets: about(order).targets,
    details: { ...about(order).details, Justification: justification },
    activity: 'Add member to role request approved (PIM activation)',
    operation: 'Update',
    by,
    reason: justification,
  }),
  ApprovalDenied: ({ approvalId, by, justification }) => ({
    targets: aboutRequest(approvalId).targets,
    details: { ...aboutRequest(approvalId).details, Justification: justification },
    activity: 'Add member to role request denied (PIM activation)',
    operation: 'Update',
    by,
    reason: justification,
  }),
  // What the answer would have been is not in the event; it was refused either way.
  ApprovalDecisionRefused: ({ approvalId, by, reason }) => ({
    ...aboutRequest(approvalId),
    activity: 'Add member to role request approved (PIM activation)',
    operation: 'Update',
    by,
    result: 'failure',
    reason: `Authorization_RequestDenied: ${reason}`,
  }),
  ApprovalLapsed: silent('RequestLapsed has the record'),
  ApprovalWithdrawn: silent('RequestCanceled has the record of the withdrawal'),
};
