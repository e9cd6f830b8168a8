import type { DomainEvent } from '@pim/kernel';
import { contract, type StreamContract } from '../contract';
import type { Actor, Instant } from '../vocabulary';

/**
 * Recorded when an approver lets somebody else answer for them for a while. Not recorded for what that person answers:
 * each answer names both.
 */
export type DelegationStarted = DomainEvent<
  'DelegationStarted',
  {
    delegationId: string;
    delegatorId: string;
    delegateId: string;
    start: Instant;
    end: Instant;
    justification: string;
    by: Actor;
    at: Instant;
  }
>;

/**
 * Recorded when a delegation is taken back before its end. Not recorded when its end comes: from then on it means
 * nothing, recorded or not.
 */
export type DelegationEnded = DomainEvent<
  'DelegationEnded',
  { delegationId: string; delegatorId: string; delegateId: string; by: Actor; at: Instant }
>;

export type DelegationEvent = DelegationStarted | DelegationEnded;

/** Stream `delegation-<delegatorId>`: to whom somebody hands over what is theirs to approve. */
export const delegationStream: StreamContract<DelegationEvent['type']> = {
  category: 'delegation',
  context: 'approvals',
  events: [contract('DelegationStarted'), contract('DelegationEnded')],
};
