import type { Agreement, ApprovalAbout, ApprovalDecisionRefused, ApprovalEvent, ApproverAnswer } from '@pim/contracts';
import { silent, type Decisions } from './entry';
import { roleDetails, scheduleTargets } from './targets';

/** The approval's id is the request's (reference §4.2). Only activations wait for approval, and only users activate. */
const about = (data: ApprovalAbout, requestId: string) => ({
  targets: scheduleTargets(data, 'user', requestId),
  details: { ...roleDetails(data.roleDefinitionId), RequestId: requestId, RoleAssignmentRequestId: requestId },
});

/** An answer, with the approver's reason. */
const answered = (data: ApprovalAbout, { approvalId, justification, onBehalfOf }: ApproverAnswer) => {
  const { targets, details } = about(data, approvalId);
  return {
    targets,
    details: { ...details, Justification: justification, OnBehalfOf: onBehalfOf },
    operation: 'Update' as const,
    reason: justification,
  };
};

/** A yes; `NarrowedScope`: what this approver made of the scope. */
const agreed = (data: Agreement) => {
  const { details, ...entry } = answered(data.order, data);
  return {
    ...entry,
    details: { ...details, NarrowedScope: data.narrowedTo },
    activity: activities.Approve,
    by: data.by,
  };
};

/** Whoever is asked, and whenever. */
const asked = 'Add member to role approval requested (PIM activation)';

const activities: Readonly<Record<ApprovalDecisionRefused['data']['decision'], string>> = {
  Approve: 'Add member to role request approved (PIM activation)',
  Deny: 'Add member to role request denied (PIM activation)',
};

/** What approvals say for the trail. */
export const approvalEntries: Decisions<ApprovalEvent> = {
  ApprovalOpened: ({ approvalId, order }) => ({
    ...about(order, approvalId),
    activity: asked,
    operation: 'Add',
    by: order.actor,
  }),
  // Every yes has its record, the last one too.
  ApprovalAgreed: agreed,
  ApprovalStageOpened: (data) => ({
    ...about(data, data.approvalId),
    activity: asked,
    operation: 'Add',
    reason: `Stage ${data.stage}`,
  }),
  ApprovalEscalated: (data) => ({
    ...about(data, data.approvalId),
    activity: asked,
    operation: 'Update',
    reason: `Nobody had decided stage ${data.stage}.`,
  }),
  ApprovalFellBack: (data) => ({
    ...about(data, data.approvalId),
    activity: asked,
    operation: 'Update',
    reason: `Those who are named for stage ${data.stage} cannot settle it any more.`,
  }),
  ApproversReminded: silent('nothing was decided; who is told is in the notifications'),
  ApprovalGranted: agreed,
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
