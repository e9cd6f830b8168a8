import type { Submission } from '@pim/requests/domain';

/**
 * What an endpoint is told of a request: ids, times, the reason and the ticket as they were given, and how whoever asks had
 * signed in. Names and addresses are not in it: they stay in the directory.
 */
export const questionBody = (submission: Submission, tenantId: string): object => {
  const { requestId, action, principalId, roleDefinitionId, directoryScopeId, order, customExtension } = submission;
  return {
    type: 'io.openpim.activation.v1',
    requestId,
    tenantId,
    action,
    principalId,
    roleDefinitionId,
    directoryScopeId,
    schedule: {
      startDateTime: order.startDateTime,
      endDateTime: order.endDateTime,
      durationSeconds: order.durationMs === null ? null : order.durationMs / 1_000,
    },
    justification: submission.justification,
    ticketInfo: submission.ticket ?? { ticketNumber: null, ticketSystem: null },
    authentication: customExtension?.authentication ?? null,
    isApprovalRequired: submission.approval !== null,
    policyVersion: submission.policyVersion,
    createdDateTime: submission.at,
  };
};
