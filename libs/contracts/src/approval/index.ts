import type { DomainEvent } from '@pim/kernel';
import { contract, type StreamContract } from '../contract';
import type { ApprovalTerms } from '../request';
import type { Actor, Instant, ScheduleOrder } from '../vocabulary';

/** For whom the approval is, of which role, where: so that what became of it can be read without its opening. */
export type ApprovalAbout = Pick<ScheduleOrder, 'principalId' | 'roleDefinitionId' | 'directoryScopeId'>;

/**
 * Recorded when a request that needs approval reached the approvers. `order` is what will be carried out on a yes.
 * Not recorded for a request that needs nobody's yes, nor for one that was withdrawn before.
 */
export type ApprovalOpened = DomainEvent<
  'ApprovalOpened',
  /** `approvalId` is the request's id (reference §4.2). */
  { approvalId: string; terms: ApprovalTerms; order: ScheduleOrder; at: Instant }
>;

/** Recorded when the first approver to answer said yes. Not recorded for answers after that: those are conflicts. */
export type ApprovalGranted = DomainEvent<
  'ApprovalGranted',
  { approvalId: string; justification: string; order: ScheduleOrder; by: Actor; at: Instant }
>;

/** Recorded when the first approver to answer said no. Not recorded for answers after that: those are conflicts. */
export type ApprovalDenied = DomainEvent<
  'ApprovalDenied',
  ApprovalAbout & { approvalId: string; justification: string; by: Actor; at: Instant }
>;

/**
 * Recorded when somebody who may not decide tried to: the requestor, or no approver. An auditor will ask.
 * `decision` is the answer they gave. Not recorded again when the same person tries again, whatever the answer.
 */
export type ApprovalDecisionRefused = DomainEvent<
  'ApprovalDecisionRefused',
  ApprovalAbout & {
    approvalId: string;
    decision: 'Approve' | 'Deny';
    reason: 'self-approval' | 'not-an-approver';
    by: Actor;
    at: Instant;
  }
>;

/** Recorded when the deadline passed with nobody having decided. Never recorded before the deadline. */
export type ApprovalLapsed = DomainEvent<'ApprovalLapsed', ApprovalAbout & { approvalId: string; at: Instant }>;

/**
 * Recorded when the request was withdrawn before anybody decided, be it before the opening: then nothing here knows what
 * it was about, so this event never says. Not recorded when it needed no approval.
 */
export type ApprovalWithdrawn = DomainEvent<'ApprovalWithdrawn', { approvalId: string; at: Instant }>;

export type ApprovalEvent =
  ApprovalOpened | ApprovalGranted | ApprovalDenied | ApprovalDecisionRefused | ApprovalLapsed | ApprovalWithdrawn;

/** Stream `approval-<requestId>`. */
export const approvalStream: StreamContract<ApprovalEvent['type']> = {
  category: 'approval',
  context: 'approvals',
  events: [
    contract('ApprovalOpened'),
    contract('ApprovalGranted'),
    contract('ApprovalDenied'),
    contract('ApprovalDecisionRefused'),
    contract('ApprovalLapsed'),
    contract('ApprovalWithdrawn'),
  ],
};
