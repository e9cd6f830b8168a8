import type { DomainEvent } from '@pim/kernel';
import { contract, type StreamContract } from '../contract';
import type { Actor, Instant } from '../vocabulary';
import type { PolicyRule } from './rules';

/**
 * Recorded when role settings change: the whole new content of the rules that were sent, and the version they make.
 * Not recorded when the sent rules say what was already so. A policy without this event has Microsoft's defaults.
 */
export type PolicyRulesChanged = DomainEvent<
  'PolicyRulesChanged',
  {
    policyId: string;
    /** For groups `member` or `owner`; which group is in `policyId`. */
    roleDefinitionId: string;
    /** 1 for the first change; 0 is the defaults. */
    version: number;
    rules: readonly PolicyRule[];
    by: Actor;
    at: Instant;
  }
>;

/**
 * Recorded when role settings change how many permanent holders the role keeps at the least. Not recorded for the number
 * that was already so, nor for one that the role does not have when it is asked for.
 */
export type MinimumHoldersChanged = DomainEvent<
  'MinimumHoldersChanged',
  { policyId: string; roleDefinitionId: string; minimum: number; by: Actor; at: Instant }
>;

export type PolicyEvent = PolicyRulesChanged | MinimumHoldersChanged;

/** Stream `policy-<roleDefinitionId>`, for groups `policy-<groupId>_<member or owner>`. */
export const policyStream: StreamContract<PolicyEvent['type']> = {
  category: 'policy',
  context: 'requests',
  events: [contract('PolicyRulesChanged'), contract('MinimumHoldersChanged')],
};
