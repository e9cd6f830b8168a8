import type {
  ExtensionApproved,
  ExtensionDenied,
  RequestContent,
  RequestEvent,
  RequestRef,
  RequestSubmitted,
} from '@pim/contracts';
import { askedFor, canceled, isRemoval, operationOf, requested, spanOf } from './activity';
import { failure, silent, type Decisions } from './entry';
import { roleDetails, scheduleTargets } from './targets';

/** What every record about a request says of it; `RoleAssignmentRequestId` chains it to the schedule's records. */
const about = (request: RequestRef, targetScheduleId: string | null) => ({
  operation: operationOf(request),
  targets: scheduleTargets(request, askedFor(request), request.requestId),
  details: {
    ...roleDetails(request.roleDefinitionId),
    RequestId: request.requestId,
    RoleAssignmentRequestId: isRemoval(request) ? targetScheduleId : request.requestId,
  },
});

const evidence = ({ justification, ticket, policyVersion }: RequestContent) => ({
  Justification: justification,
  TicketNumber: ticket?.ticketNumber ?? null,
  TicketSystem: ticket?.ticketSystem ?? null,
  PolicyVersion: String(policyVersion),
});

const window = ({ schedule }: RequestContent) => ({
  StartTime: schedule?.startDateTime ?? null,
  ExpirationTime: schedule?.expiration.endDateTime ?? null,
});

const asked = (request: RequestContent) => {
  const { operation, targets, details } = about(request, request.targetScheduleId);
  return {
    operation,
    targets,
    by: request.createdBy,
    details: { ...details, ...window(request), ...evidence(request) },
  };
};

const submitted = (data: RequestSubmitted['data']) => {
  const { details, ...rest } = asked(data);
  return { ...rest, details: { ...details, IsEmergency: data.isEmergency ? 'true' : null } };
};

const askedSpan = ({ schedule }: RequestContent) =>
  spanOf(schedule?.expiration.endDateTime ?? schedule?.expiration.duration ?? null);

const decided = (data: (ExtensionApproved | ExtensionDenied)['data']) => ({
  ...about(data, null),
  operation: 'Update' as const,
  by: data.by,
  reason: data.justification,
});

const judgedBy = ({ policyVersion }: ExtensionApproved['data']) =>
  policyVersion === null ? {} : { PolicyVersion: String(policyVersion) };

/** What the life of a request says for the trail. */
export const requestEntries: Decisions<RequestEvent> = {
  RequestSubmitted: (data) => ({
    ...submitted(data),
    activity: requested(data, spanOf(data.order.endDateTime ?? data.order.durationMs)),
    reason: data.justification,
  }),
  RequestRefused: (data) => ({ ...asked(data), activity: requested(data, askedSpan(data)), ...failure(data) }),
  RequestApproved: silent('ApprovalGranted has the record of the yes'),
  RequestDenied: silent('ApprovalDenied or CustomExtensionAnswered has the record of the no'),
  CustomExtensionAnswered: (data) => {
    const { targets, details } = about(data, null);
    return {
      targets,
      details: { ...details, CustomExtension: data.endpoint, Answer: data.answer },
      activity: `Add member to role request ${data.order ? 'approved' : 'denied'} (PIM activation)`,
      operation: 'Update',
      reason: data.reason,
    };
  },
  ExtensionApproved: (data) => ({
    ...decided(data),
    activity: 'Update member in PIM approved by admin (extend/renew)',
    details: { ...decided(data).details, ...judgedBy(data) },
  }),
  ExtensionDenied: (data) => ({ ...decided(data), activity: 'Update member in PIM denied by admin (extend/renew)' }),
  ExtensionDecisionRefused: (data) => ({
    ...about(data, null),
    operation: 'Update',
    by: data.by,
    activity: `Update member in PIM ${data.decision === 'Approve' ? 'approved' : 'denied'} by admin (extend/renew)`,
    result: 'failure',
    reason: data.reason,
  }),
  RequestLapsed: (data) => ({
    ...about(data, null),
    activity: 'PIM activation request expired',
    operation: 'Update',
  }),
  RequestProvisioned: silent('the change of the role has the record: EligibilityGranted, AssignmentGranted'),
  RequestGranted: silent('the change of the role has the record: EligibilityGranted, AssignmentGranted'),
  RequestRevoked: silent('the change of the role has the record: what was removed or deactivated'),
  RequestFailed: silent('ScheduleChangeRefused has the record of the refusal'),
  RequestCanceled: (data) => ({
    ...about(data, null),
    activity: canceled(data),
    operation: 'Delete',
    by: data.by,
  }),
};
