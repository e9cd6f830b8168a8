import type { DomainEvent } from '@pim/kernel';
import { contract, type StreamContract } from '../contract';
import type { Approver } from '../policy/rules';
import type { Actor, Authentication, Instant, RequestedSchedule, ScheduleOrder, Ticket } from '../vocabulary';

/** The request as it was asked; the part of every request that answers GET. */
export interface RequestContent {
  readonly requestId: string;
  readonly kind: ScheduleOrder['kind'];
  readonly action: ScheduleOrder['action'];
  readonly principalId: string;
  readonly roleDefinitionId: string;
  readonly directoryScopeId: string;
  readonly schedule: RequestedSchedule | null;
  readonly justification: string | null;
  readonly ticket: Ticket | null;
  readonly targetScheduleId: string | null;
  readonly customData: string | null;
  readonly createdBy: Actor;
  /** The version of the role settings it was judged under. */
  readonly policyVersion: number;
}

/** Which request, and what it is about: on every later event of its stream, so that each can be read by itself. */
export type RequestRef = Pick<
  RequestContent,
  'requestId' | 'kind' | 'action' | 'principalId' | 'roleDefinitionId' | 'directoryScopeId'
>;

/** One of the stages that agree one after the other, frozen when the request was judged. */
export interface ApprovalStageTerms {
  /** Empty: the default approvers, who are the active Global and Privileged Role Administrators (reference §3.4). */
  readonly approvers: readonly Approver[];
  /** How many people must say yes; at least 1. */
  readonly requiredApprovals: number;
  readonly isApproverJustificationRequired: boolean;
  /** How long a stage after the first stays open, in milliseconds. */
  readonly windowMs: number;
  /** After so many milliseconds without a decision these may decide as well; null: never. */
  readonly escalation: { readonly afterMs: number; readonly approvers: readonly Approver[] } | null;
  /** Silent approvers are reminded each time so many milliseconds have passed; null: never. */
  readonly remindEveryMs: number | null;
}

/** What an approval needs, frozen when the request was judged. */
export interface ApprovalTerms {
  /** At least one; each must agree before the next is asked. */
  readonly stages: readonly ApprovalStageTerms[];
  /** After it nobody can decide the first stage any more. */
  readonly deadline: Instant;
  /** Who wrote the rules that activations were judged by when it was, and may not approve; each once, in order. */
  readonly policyAuthorIds: readonly string[];
}

/** The terms before each rule had an author of its own (2026-11): whoever had changed any rule last, or nobody. */
export interface ApprovalTermsV2 extends Omit<ApprovalTerms, 'policyAuthorIds'> {
  /** Who wrote the version of the role settings it was judged under, and may not approve; null: nobody in particular. */
  readonly policyAuthorId: string | null;
}

/** The one who was barred stays barred; nobody else is. */
export const termsFromV2 = ({ policyAuthorId, ...terms }: ApprovalTermsV2): ApprovalTerms => ({
  ...terms,
  policyAuthorIds: policyAuthorId === null ? [] : [policyAuthorId],
});

/** The terms before there were stages (2026-11). */
export interface ApprovalTermsV1 {
  readonly approvers: readonly Approver[];
  readonly isApproverJustificationRequired: boolean;
  readonly deadline: Instant;
}

/** One stage with one yes; `at` is when it began. */
export const termsFromV1 = (v1: ApprovalTermsV1, at: Instant): ApprovalTermsV2 => ({
  stages: [
    {
      approvers: v1.approvers,
      requiredApprovals: 1,
      isApproverJustificationRequired: v1.isApproverJustificationRequired,
      windowMs: Date.parse(v1.deadline) - Date.parse(at),
      escalation: null,
      remindEveryMs: null,
    },
  ],
  deadline: v1.deadline,
  policyAuthorId: null,
});
/** What asking the role's custom extension takes, frozen when the request was judged. */
export interface CustomExtensionTerms {
  readonly endpoint: string;
  /** How long one try may take. */
  readonly timeoutSeconds: number;
  /** How whoever asks had signed in: the endpoint is told. */
  readonly authentication: Authentication | null;
}

/**
 * Recorded when a request passed every check of the requests service. `customExtension` non-null: the role's endpoint is
 * asked first. `approval` non-null: it waits for an approver, once the endpoint approved.
 * Not recorded for a validation-only request, nor for a refused one.
 */
export type RequestSubmitted = DomainEvent<
  'RequestSubmitted',
  RequestContent & {
    order: ScheduleOrder;
    approval: ApprovalTerms | null;
    /** Whether it waits for an administrator: somebody asked to keep longer, or to get back, what they have (§4.10). */
    awaitsAdministrator: boolean;
    customExtension: CustomExtensionTerms | null;
    /** Whether somebody named for it activates in an emergency: nobody's yes is waited for, and a review follows. */
    isEmergency: boolean;
    at: Instant;
  }
>;

/** v3 (2026-11): role settings had one author. */
type RequestSubmittedV3 = Omit<RequestSubmitted['data'], 'approval'> & { readonly approval: ApprovalTermsV2 | null };

/** v2 (2026-11): an approval had one stage, no endpoint was asked, and there was no emergency access. */
type RequestSubmittedV2 = Omit<RequestSubmittedV3, 'approval' | 'customExtension' | 'isEmergency'> & {
  readonly approval: ApprovalTermsV1 | null;
};

/** v1 (2026-11): nothing waited for an administrator yet. */
type RequestSubmittedV1 = Omit<RequestSubmittedV2, 'awaitsAdministrator'>;

const requestSubmittedV1toV2 = (v1: RequestSubmittedV1): RequestSubmittedV2 => ({
  ...v1,
  awaitsAdministrator: false,
});

const requestSubmittedV2toV3 = (v2: RequestSubmittedV2): RequestSubmittedV3 => ({
  ...v2,
  approval: v2.approval && termsFromV1(v2.approval, v2.at),
  customExtension: null,
  isEmergency: false,
});

const withAuthors = <Data extends { readonly approval: ApprovalTermsV2 | null }>(older: Data) => ({
  ...older,
  approval: older.approval && termsFromV2(older.approval),
});

/** What the role's endpoint said of an activation; `unanswered`: nothing that can be understood, in time. */
export type CustomExtensionAnswer = 'approved' | 'autoApproved' | 'denied' | 'unanswered';

/**
 * Recorded when the role's custom extension has answered, or was asked in vain. `order` non-null: the request goes on,
 * with `approval` to an approver, without it to the guard of the role; null: it is denied, and `RequestDenied` follows.
 * Not recorded for a request that was withdrawn meanwhile, nor for one that needed no answer.
 */
export type CustomExtensionAnswered = DomainEvent<
  'CustomExtensionAnswered',
  RequestRef & {
    answer: CustomExtensionAnswer;
    /** What the endpoint said, or why it counts as unanswered. */
    reason: string | null;
    endpoint: string;
    order: ScheduleOrder | null;
    approval: ApprovalTerms | null;
    at: Instant;
  }
>;

/** v1 (2026-11): role settings had one author. */
type CustomExtensionAnsweredV1 = Omit<CustomExtensionAnswered['data'], 'approval'> & {
  readonly approval: ApprovalTermsV2 | null;
};

/**
 * Recorded when a well-formed request was refused: by a rule (policy, eligibility, duplicate, authentication context) or
 * because its caller may not ask for it. Not recorded for a malformed body or an unknown id.
 */
export type RequestRefused = DomainEvent<
  'RequestRefused',
  RequestContent & { code: string; message: string; at: Instant }
>;

/** Recorded when an approver said yes and the order went on. Not recorded for a request that needed no approval. */
export type RequestApproved = DomainEvent<'RequestApproved', RequestRef & { by: Actor; at: Instant }>;

/**
 * Recorded when an approver said no, or the role's custom extension did. Not recorded when the approval window passed: that is
 * RequestLapsed.
 */
export type RequestDenied = DomainEvent<'RequestDenied', RequestRef & { by: Actor; at: Instant }>;

/**
 * Recorded when an administrator agreed to an extension or renewal that somebody had asked for. `order` is what will be
 * carried out: as it was asked, or as the administrator changed it. Not recorded for what administrators do by themselves.
 */
export type ExtensionApproved = DomainEvent<
  'ExtensionApproved',
  RequestRef & {
    order: ScheduleOrder;
    justification: string;
    /** The settings as they were when it was agreed to, which it had to meet; null: not told by the first version. */
    policyVersion: number | null;
    by: Actor;
    at: Instant;
  }
>;

/** v1 (2026-11): the settings it was judged by were not named. */
type ExtensionApprovedV1 = Omit<ExtensionApproved['data'], 'policyVersion'>;

const extensionApprovedV1toV2 = (v1: ExtensionApprovedV1): ExtensionApproved['data'] => ({
  ...v1,
  policyVersion: null,
});

/** Recorded when an administrator refused an extension or renewal. Not recorded when it was withdrawn. */
export type ExtensionDenied = DomainEvent<
  'ExtensionDenied',
  RequestRef & { justification: string; by: Actor; at: Instant }
>;

/**
 * Recorded when somebody who may not decide an extension or renewal tried to: the one who asked, or no administrator.
 * Not recorded again when the same person tries again.
 */
export type ExtensionDecisionRefused = DomainEvent<
  'ExtensionDecisionRefused',
  RequestRef & {
    decision: 'Approve' | 'Deny';
    reason: 'self-approval' | 'not-an-administrator';
    by: Actor;
    at: Instant;
  }
>;

/** Recorded when nobody decided before the deadline. Never recorded before it. */
export type RequestLapsed = DomainEvent<'RequestLapsed', RequestRef & { at: Instant }>;

/**
 * Recorded when the schedule the request asked for is in effect, or (removals) has ended.
 * `start` and `end` are the effective ones; both null for a removal. Not recorded for a schedule that starts later until
 * it does: that is RequestGranted.
 */
export type RequestProvisioned = DomainEvent<
  'RequestProvisioned',
  RequestRef & { scheduleId: string; start: Instant | null; end: Instant | null; at: Instant }
>;

/**
 * Recorded when the schedule is agreed and starts later; `RequestProvisioned` follows when it does.
 * Not recorded when it starts at once.
 */
export type RequestGranted = DomainEvent<
  'RequestGranted',
  RequestRef & { scheduleId: string; start: Instant; end: Instant | null; at: Instant }
>;

/**
 * Recorded when a removal or deactivation took effect, when what the request had granted was removed before its start,
 * or when what it rests on ended while it waited for an approver or an administrator.
 * Not recorded when something that had started was removed: the request that gave it stays provisioned.
 */
export type RequestRevoked = DomainEvent<'RequestRevoked', RequestRef & { at: Instant }>;

/**
 * Recorded when the guard of the role refused the order; `code` is Graph's.
 * Not recorded for what was refused when it was asked: that is RequestRefused.
 */
export type RequestFailed = DomainEvent<'RequestFailed', RequestRef & { code: string; message: string; at: Instant }>;

/**
 * Recorded when its creator or an administrator withdrew it while it was pending or not yet started.
 * Not recorded when it was too late for that.
 */
export type RequestCanceled = DomainEvent<
  'RequestCanceled',
  RequestRef & {
    /** `PendingProvisioning`: the role's custom extension was being asked. */
    from: 'PendingProvisioning' | 'PendingApproval' | 'PendingAdminDecision' | 'Granted';
    by: Actor;
    at: Instant;
  }
>;

interface RequestCanceledV1 extends Omit<RequestCanceled['data'], 'from'> {
  from: 'PendingApproval' | 'PendingAdminDecision' | 'Granted';
}

/** v1 (2026-11): no custom extension was asked. v2 can say that one was. */
const requestCanceledV1toV2 = (v1: RequestCanceledV1): RequestCanceled['data'] => v1;

export type RequestEvent =
  | RequestSubmitted
  | RequestRefused
  | CustomExtensionAnswered
  | RequestApproved
  | RequestDenied
  | ExtensionApproved
  | ExtensionDenied
  | ExtensionDecisionRefused
  | RequestLapsed
  | RequestProvisioned
  | RequestGranted
  | RequestRevoked
  | RequestFailed
  | RequestCanceled;

/** Stream `request-<id>`: the life of one schedule request. */
export const requestStream: StreamContract<RequestEvent['type']> = {
  category: 'request',
  context: 'requests',
  events: [
    contract('RequestSubmitted', requestSubmittedV1toV2, requestSubmittedV2toV3, withAuthors<RequestSubmittedV3>),
    contract('RequestRefused'),
    contract('CustomExtensionAnswered', withAuthors<CustomExtensionAnsweredV1>),
    contract('RequestApproved'),
    contract('RequestDenied'),
    contract('ExtensionApproved', extensionApprovedV1toV2),
    contract('ExtensionDenied'),
    contract('ExtensionDecisionRefused'),
    contract('RequestLapsed'),
    contract('RequestProvisioned'),
    contract('RequestGranted'),
    contract('RequestRevoked'),
    contract('RequestFailed'),
    contract('RequestCanceled', requestCanceledV1toV2),
  ],
};
