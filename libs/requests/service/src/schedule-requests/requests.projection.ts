import {
  requestStream,
  type ApprovalTerms,
  type CustomExtensionAnswer,
  type CustomExtensionAnswered,
  type Instant,
  type RequestContent,
  type RequestEvent,
  type RequestSubmitted,
  type ScheduleKind,
} from '@pim/contracts';
import { ascending, type Projection } from '@pim/engine';
import type { View } from '@pim/kernel';
import { groupPartOf, groupScheduleId, type GroupPart } from '@pim/platform';

/** A schedule request in Graph's shape (reference §1.3), with what queries need beside it. */
export interface RequestDocument extends GroupPart {
  readonly id: string;
  readonly status: string;
  readonly createdDateTime: Instant;
  readonly completedDateTime: Instant | null;
  readonly approvalId: string | null;
  readonly customData: string | null;
  readonly action: string;
  readonly principalId: string;
  readonly roleDefinitionId: string;
  readonly directoryScopeId: string;
  readonly appScopeId: null;
  readonly isValidationOnly: boolean;
  readonly targetScheduleId: string | null;
  /** The same in the form of PIM for Groups. */
  readonly groupTargetScheduleId: string | null;
  readonly justification: string | null;
  readonly createdBy: object;
  readonly scheduleInfo: object | null;
  readonly ticketInfo: { readonly ticketNumber: string | null; readonly ticketSystem: string | null };
  /** Not part of the answer. */
  readonly kind: 'assignment' | 'eligibility';
  readonly createdById: string;
  /** Users and groups who may approve; empty for the default approvers or none. */
  readonly approverIds: readonly string[];
  readonly needsApproval: boolean;
  readonly hasApprovers: boolean;
  /** Whether the role's custom extension is being asked. */
  readonly awaitsCustomExtension: boolean;
  /** OpenPIM's own: what it said; absent while it has not, and where there is none. */
  readonly customExtensionAnswer?: {
    readonly outcome: CustomExtensionAnswer;
    readonly reason: string | null;
    readonly answeredDateTime: Instant;
  };
  /** OpenPIM's own: whether it is emergency access; absent otherwise. */
  readonly isEmergency?: true;
}

type Submitted = RequestContent & { readonly at: Instant };

const removals = new Set(['adminRemove', 'selfDeactivate']);

const identitySet = ({ createdBy }: RequestContent): object => {
  const identity = { displayName: null, id: createdBy.id };
  return createdBy.kind === 'application'
    ? { application: identity, device: null, user: null }
    : { application: null, device: null, user: identity };
};

const scheduleInfoOf = (content: RequestContent, start: Instant | null): object | null =>
  content.schedule && {
    startDateTime: start,
    recurrence: null,
    expiration: content.schedule.expiration,
  };

/** `areAllNamed` false: at some stage the default approvers are asked. */
type Approvers = { readonly ids: readonly string[]; readonly areAllNamed: boolean } | null;

/** What depends on whether an approver must say yes; `approvers` null: none. */
const approvalPart = (requestId: string, approvers: Approvers) =>
  approvers
    ? {
        status: 'PendingApproval',
        approvalId: requestId,
        approverIds: approvers.ids,
        needsApproval: true,
        hasApprovers: approvers.areAllNamed,
      }
    : { status: 'PendingProvisioning', approvalId: null, approverIds: [], needsApproval: false, hasApprovers: false };

/** Until somebody approves, the start of a request for "now" is not known (reference §4.4). */
const schedulePart = (content: Submitted, start: Instant | null, approvers: Approvers) =>
  removals.has(content.action)
    ? { targetScheduleId: content.targetScheduleId, scheduleInfo: null }
    : {
        // A creating action makes the schedule that has the request's own id (reference §4.2).
        targetScheduleId: content.requestId,
        scheduleInfo: scheduleInfoOf(content, start ?? (approvers ? null : content.at)),
      };

/** Which group it is about, if it is, and the schedule's id in that form. */
const withGroup = <S extends { readonly targetScheduleId: string | null }>(content: Submitted, schedule: S) => {
  const group = groupPartOf(content);
  return { ...group, ...schedule, groupTargetScheduleId: groupScheduleId(group, schedule.targetScheduleId) };
};

const requestDocument = (
  content: Submitted,
  order: { startDateTime: Instant | null },
  approvers: Approvers,
): RequestDocument => ({
  id: content.requestId,
  createdDateTime: content.at,
  completedDateTime: null,
  customData: content.customData,
  action: content.action,
  principalId: content.principalId,
  roleDefinitionId: content.roleDefinitionId,
  directoryScopeId: content.directoryScopeId,
  appScopeId: null,
  isValidationOnly: false,
  justification: content.justification,
  createdBy: identitySet(content),
  ticketInfo: content.ticket ?? { ticketNumber: null, ticketSystem: null },
  kind: content.kind,
  createdById: content.createdBy.id,
  awaitsCustomExtension: false,
  ...approvalPart(content.requestId, approvers),
  ...withGroup(content, schedulePart(content, order.startDateTime, approvers)),
});

const withStart = (document: RequestDocument, start: Instant | null): RequestDocument['scheduleInfo'] =>
  document.scheduleInfo && start ? { ...document.scheduleInfo, startDateTime: start } : document.scheduleInfo;

/** Everybody who may be asked in some stage. */
const approversOf = ({ stages }: ApprovalTerms): NonNullable<Approvers> => ({
  ids: [
    ...new Set(
      stages.flatMap(({ approvers, escalation }) =>
        [...approvers, ...(escalation?.approvers ?? [])].map(({ id }) => id),
      ),
    ),
  ],
  areAllNamed: stages.every(({ approvers }) => approvers.length > 0),
});

/** The answer to a request as it stands right after it was accepted; also what a validation-only request is answered with. */
export const submittedDocument = (data: RequestSubmitted['data']): RequestDocument => {
  const { approval, order, awaitsAdministrator, customExtension, isEmergency } = data;
  const document = requestDocument(data, order, approval && approversOf(approval));
  if (awaitsAdministrator) return { ...document, status: 'PendingAdminDecision' };
  if (isEmergency) return { ...document, isEmergency };
  return customExtension ? awaiting(document, order.startDateTime) : document;
};

/** Nobody else has been asked yet, and the start of a request for "now" is not known. */
const awaiting = (document: RequestDocument, start: Instant | null): RequestDocument => ({
  ...document,
  ...approvalPart(document.id, null),
  scheduleInfo: document.scheduleInfo && { ...document.scheduleInfo, startDateTime: start },
  awaitsCustomExtension: true,
});

const heard = (document: RequestDocument, data: CustomExtensionAnswered['data']): RequestDocument => {
  const { requestId, answer: outcome, reason, order, approval, at } = data;
  return {
    ...document,
    ...(order ? approvalPart(requestId, approval && approversOf(approval)) : {}),
    awaitsCustomExtension: false,
    customExtensionAnswer: { outcome, reason, answeredDateTime: at },
  };
};

const evolve = (document: RequestDocument | null, event: RequestEvent): RequestDocument | null => {
  if (event.type === 'RequestSubmitted') return submittedDocument(event.data);
  if (!document || event.type === 'RequestRefused' || event.type === 'ExtensionDecisionRefused') return document;
  return event.type === 'CustomExtensionAnswered' ? heard(document, event.data) : follow(document, event);
};

type Later = Exclude<
  RequestEvent,
  { type: 'RequestSubmitted' | 'RequestRefused' | 'CustomExtensionAnswered' | 'ExtensionDecisionRefused' }
>;

const endings: Partial<Record<Later['type'], string>> = {
  RequestDenied: 'Denied',
  ExtensionDenied: 'Denied',
  // Graph has no status of its own for a window that passed (reference §2.2).
  RequestLapsed: 'Canceled',
  RequestCanceled: 'Canceled',
  RequestFailed: 'Failed',
};

const follow = (document: RequestDocument, event: Later): RequestDocument => {
  const { at } = event.data;
  switch (event.type) {
    case 'RequestApproved':
    case 'ExtensionApproved':
      return { ...document, status: 'PendingProvisioning' };
    case 'RequestProvisioned':
      return {
        ...document,
        status: 'Provisioned',
        completedDateTime: at,
        scheduleInfo: withStart(document, event.data.start),
      };
    case 'RequestGranted': {
      const { start } = event.data;
      return { ...document, status: 'Granted', completedDateTime: start, scheduleInfo: withStart(document, start) };
    }
    case 'RequestRevoked':
      // A removal's own answer has no completion time (reference §4.9).
      return {
        ...document,
        status: 'Revoked',
        awaitsCustomExtension: false,
        completedDateTime: removals.has(document.action) ? null : at,
      };
    default:
      return {
        ...document,
        status: endings[event.type] ?? document.status,
        awaitsCustomExtension: false,
        completedDateTime: at,
      };
  }
};

/** An activation that somebody has to approve, or that the role's custom extension is asked about. */
export const waitingActivation = {
  kind: 'assignment',
  action: 'selfActivate',
  $or: [{ status: 'PendingApproval' }, { awaitsCustomExtension: true }],
};

/** An extension or renewal of this sort that an administrator has to decide. */
export const waitingExtension = (kind: ScheduleKind) => ({ kind, status: 'PendingAdminDecision' });

/** A request as clients see it, by its own stream. */
export const requestDocumentView: View<RequestDocument | null, RequestEvent> = { initial: null, evolve };

/** Every accepted request and how it stands. A refused one is in the audit trail only, as Graph's clients expect. */
export const requestDocuments: Projection<RequestDocument, RequestEvent> = {
  collection: 'requests.requests',
  indexes: [
    ascending('id'),
    ascending('principalId', 'id'),
    ascending('roleDefinitionId', 'id'),
    ascending('status', 'id'),
    [['createdDateTime', -1], ...ascending('id')],
  ],
  sources: [requestStream],
  keys: (event) => [event.data.requestId],
  evolve,
};
