import type { ApprovalAbout, ApprovalDecisionRefused, ApprovalEvent } from '@pim/contracts';
import { silent, type Decisions } from './entry';
import { roleDetails, scheduleTargets } from './targets';

/** The approval's id is the request's (reference §4.2). Only activations wait for approval, and only users activate. */
const about = (data: ApprovalAbout, requestId: string) => ({
  targets: scheduleTargets(data, 'user', requestId),
  details: { ...roleDetails(data.roleDefinitionId), RequestId: requestId, RoleAssignmentRequestId: requestId },
});

/** An answer, with the approver's reason. */
const answered = (
  data: ApprovalAbout,
  { approvalId, justification }: { approvalId: string; justification: string },
) => {
  const { targets, details } = about(data, approvalId);
  return {
    targets,
    details: { ...details, Justification: justification },
    operation: 'Update' as const,
    reason: justification,
  };
};

const activities: Readonly<Record<ApprovalDecisionRefused['data']['decision'], string>> = {
  Approve: 'Add member to role request approved (PIM activation)',
  Deny: 'Add member to role request denied (PIM activation)',
};

/** What approvals say for the trail. */
export const approvalEntries: Decisions<ApprovalEvent> = {
  ApprovalOpened: ({ approvalId, order }) => ({
    ...about(order, approvalId),
    activity: 'Add member to role approval requested (PIM activation)',
    operation: 'Add',
    by: order.actor,
  }),
  ApprovalGranted: (data) => ({ ...answered(data.order, data), activity: activities.Approve, by: data.by }),
  ApprovalDenied: (data) => ({ ...answered(data, data), activity: activities.Deny, by: data.by }),
  // The answer they tried to give, failed: one name finds every answer, counted or not.
  ApprovalDecisionRefused: (data) => ({
    ...about(data, data.approvalId),
    activity: activities[data.decision],
    operation: 'Update',
    by: data.by,
    result: 'failure',
    reason: `Authorization_RequestDenied: ${data.reason}`,
  }),
  ApprovalLapsed: silent('RequestLapsed has the record'),
  ApprovalWithdrawn: silent('RequestCanceled has the record of the withdrawal'),
};
