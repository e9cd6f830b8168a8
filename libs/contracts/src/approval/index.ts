import type { DomainEvent } from '@pim/kernel';
import { contract, type StreamContract } from '../contract';
import { termsFromV1, termsFromV2, type ApprovalTerms, type ApprovalTermsV1, type ApprovalTermsV2 } from '../request';
import type { Actor, ApprovedOrder, Instant, ScheduleOrder } from '../vocabulary';

/** For whom the approval is, of which role, where: so that what became of it can be read without its opening. */
export type ApprovalAbout = Pick<ScheduleOrder, 'principalId' | 'roleDefinitionId' | 'directoryScopeId'>;

/** An approver's answer. */
export interface ApproverAnswer {
  readonly approvalId: string;
  /** Which stage it is about; 1 is the first. */
  readonly stage: number;
  readonly justification: string;
  readonly by: Actor;
  /** The approver who had delegated to whoever answered; null: they answered for themselves. */
  readonly onBehalfOf: string | null;
  /**
   * SHA-256, in hexadecimal, of what was decided about: the order, the terms and the version of the role settings at
   * that moment. null: recorded before there were digests.
   */
  readonly digest: string | null;
  readonly at: Instant;
}

/**
 * Recorded when a request that needs approval reached the approvers. `order` is what will be carried out on a yes.
 * Not recorded for a request that needs nobody's yes, nor for one that was withdrawn before.
 */
export type ApprovalOpened = DomainEvent<
  'ApprovalOpened',
  /** `approvalId` is the request's id (reference §4.2). */
  { approvalId: string; terms: ApprovalTerms; order: ScheduleOrder; at: Instant }
>;

/** v2 (2026-11): role settings had one author. */
type ApprovalOpenedV2 = Omit<ApprovalOpened['data'], 'terms'> & { readonly terms: ApprovalTermsV2 };

/** v1 (2026-11): there was one stage. */
type ApprovalOpenedV1 = Omit<ApprovalOpened['data'], 'terms'> & { readonly terms: ApprovalTermsV1 };

const approvalOpenedV1toV2 = (v1: ApprovalOpenedV1): ApprovalOpenedV2 => ({
  ...v1,
  terms: termsFromV1(v1.terms, v1.at),
});

const approvalOpenedV2toV3 = (v2: ApprovalOpenedV2): ApprovalOpened['data'] => ({
  ...v2,
  terms: termsFromV2(v2.terms),
});

/** A yes, and what it leaves of the order. */
export interface Agreement extends ApproverAnswer {
  /** The narrower scope for which this approver agreed; null: the one they found. */
  readonly narrowedTo: string | null;
  readonly order: ApprovedOrder;
}

/** Before approvers could narrow the scope (2026-11). */
type Unnarrowed<Data> = Omit<Data, 'narrowedTo' | 'order'> & { readonly order: ScheduleOrder };

const unnarrowedToNext = <Data extends { readonly order: ScheduleOrder }>(older: Data) => ({
  ...older,
  narrowedTo: null,
  order: { ...older.order, narrowedFrom: null },
});

/**
 * Recorded when an approver said yes and more is needed: another approver of the stage, or another stage. `order` is
 * what it goes on with. Not recorded of the yes that settles it: that is ApprovalGranted.
 */
export type ApprovalAgreed = DomainEvent<'ApprovalAgreed', Agreement>;

/**
 * Recorded when a stage after the first began, because the one before agreed. Not recorded of the first, which begins
 * with ApprovalOpened.
 */
export type ApprovalStageOpened = DomainEvent<
  'ApprovalStageOpened',
  ApprovalAbout & {
    approvalId: string;
    stage: number;
    /** After it nobody can decide this stage any more. */
    deadline: Instant;
    /** From when the escalation approvers may decide as well; null: never. */
    escalatesAt: Instant | null;
    /** When silent approvers are reminded first; null: never. */
    remindsAt: Instant | null;
    at: Instant;
  }
>;

/**
 * Recorded when the approver said yes whom nobody has to follow any more: the last one that was needed. `order` is what
 * is carried out. Not recorded for answers after that: those are conflicts.
 */
export type ApprovalGranted = DomainEvent<'ApprovalGranted', Agreement>;

/** Recorded when an approver said no; the first no ends it. Not recorded for answers after that: those are conflicts. */
export type ApprovalDenied = DomainEvent<'ApprovalDenied', ApprovalAbout & ApproverAnswer>;

/** v1 (2026-11): one stage, nobody answered for others. */
type WithoutStage<Data> = Omit<Data, 'stage' | 'onBehalfOf' | 'digest'>;

const answerV1toV2 = <Data extends object>(v1: Data) => ({ ...v1, stage: 1, onBehalfOf: null, digest: null });

/**
 * Recorded when somebody who may not decide tried to: the requestor, an author of the role settings it was requested
 * under, or no approver. An auditor will ask. `decision` is the answer they gave. Not recorded again when the same person
 * tries again, whatever the answer.
 */
export type ApprovalDecisionRefused = DomainEvent<
  'ApprovalDecisionRefused',
  ApprovalAbout & {
    approvalId: string;
    decision: 'Approve' | 'Deny';
    reason: 'self-approval' | 'policy-author' | 'not-an-approver';
    by: Actor;
    at: Instant;
  }
>;

/** v1 (2026-11): authors of role settings could decide. */
type ApprovalDecisionRefusedV1 = Omit<ApprovalDecisionRefused['data'], 'reason'> & {
  readonly reason: 'self-approval' | 'not-an-approver';
};

const approvalDecisionRefusedV1toV2 = (v1: ApprovalDecisionRefusedV1): ApprovalDecisionRefused['data'] => v1;

/** Recorded when a stage was undecided for so long that its escalation approvers may decide as well. Never before that. */
export type ApprovalEscalated = DomainEvent<
  'ApprovalEscalated',
  ApprovalAbout & { approvalId: string; stage: number; at: Instant }
>;

/** Recorded when the approvers of a stage had been silent for so long that they are asked again. Never before that. */
export type ApproversReminded = DomainEvent<
  'ApproversReminded',
  ApprovalAbout & {
    approvalId: string;
    stage: number;
    /** When they are reminded next; null: not any more. */
    remindsAt: Instant | null;
    at: Instant;
  }
>;

/**
 * Recorded when those who are named for a stage cannot settle it any more, because they were deleted, switched off, left
 * their group, or are the requestor: the default approvers may decide as well from then on. Not recorded when the
 * default approvers decide in any case, nor twice for a stage.
 */
export type ApprovalFellBack = DomainEvent<
  'ApprovalFellBack',
  ApprovalAbout & { approvalId: string; stage: number; at: Instant }
>;

/** Recorded when the deadline passed with nobody having decided. Never recorded before the deadline. */
export type ApprovalLapsed = DomainEvent<'ApprovalLapsed', ApprovalAbout & { approvalId: string; at: Instant }>;

/**
 * Recorded when the request was withdrawn before anybody decided, be it before the opening: then nothing here knows what
 * it was about, so this event never says. Not recorded when it needed no approval.
 */
export type ApprovalWithdrawn = DomainEvent<'ApprovalWithdrawn', { approvalId: string; at: Instant }>;

export type ApprovalEvent =
  | ApprovalOpened
  | ApprovalAgreed
  | ApprovalStageOpened
  | ApprovalGranted
  | ApprovalDenied
  | ApprovalDecisionRefused
  | ApprovalEscalated
  | ApproversReminded
  | ApprovalFellBack
  | ApprovalLapsed
  | ApprovalWithdrawn;

/** Stream `approval-<requestId>`. */
export const approvalStream: StreamContract<ApprovalEvent['type']> = {
  category: 'approval',
  context: 'approvals',
  events: [
    contract('ApprovalOpened', approvalOpenedV1toV2, approvalOpenedV2toV3),
    contract('ApprovalAgreed', unnarrowedToNext<Unnarrowed<Agreement>>),
    contract('ApprovalStageOpened'),
    contract(
      'ApprovalGranted',
      answerV1toV2<WithoutStage<Unnarrowed<Agreement>>>,
      unnarrowedToNext<Unnarrowed<Agreement>>,
    ),
    contract('ApprovalDenied', answerV1toV2<WithoutStage<ApprovalDenied['data']>>),
    contract('ApprovalDecisionRefused', approvalDecisionRefusedV1toV2),
    contract('ApprovalEscalated'),
    contract('ApproversReminded'),
    contract('ApprovalFellBack'),
    contract('ApprovalLapsed'),
    contract('ApprovalWithdrawn'),
  ],
};
