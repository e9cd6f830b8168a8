import type { DomainEvent } from '@pim/kernel';
import { contract, type StreamContract } from '../contract';
import type { Actor, Instant } from '../vocabulary';
import type { CustomExtension, EmergencyAccess } from './own-settings';
import type { ApprovalRule, ApprovalStage, Approver, PolicyRule } from './rules';

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

/** v1 (2026-11): one stage with one yes to wait for, users and groups as approvers, and nobody was reminded. */
type StageV1 = Omit<
  ApprovalStage,
  'requiredApprovals' | 'reminderTimeInMinutes' | 'primaryApprovers' | 'escalationApprovers'
> & { readonly primaryApprovers: readonly Approver[]; readonly escalationApprovers: readonly Approver[] };

type ApprovalRuleV1 = Omit<ApprovalRule, 'approvalMode' | 'approvalStages'> & {
  readonly approvalMode: 'SingleStage' | 'NoApproval';
  readonly approvalStages: readonly StageV1[];
};

type PolicyRulesChangedV1 = Omit<PolicyRulesChanged['data'], 'rules'> & {
  readonly rules: readonly (Exclude<PolicyRule, ApprovalRule> | ApprovalRuleV1)[];
};

const policyRulesChangedV1toV2 = (v1: PolicyRulesChangedV1): PolicyRulesChanged['data'] => ({
  ...v1,
  rules: v1.rules.map((rule) =>
    rule.type === 'approval'
      ? {
          ...rule,
          approvalStages: rule.approvalStages.map((stage) => ({
            ...stage,
            requiredApprovals: 1,
            reminderTimeInMinutes: 0,
          })),
        }
      : rule,
  ),
});

/**
 * Recorded when role settings change how many permanent holders the role keeps at the least. Not recorded for the number
 * that was already so, nor for one that the role does not have when it is asked for.
 */
export type MinimumHoldersChanged = DomainEvent<
  'MinimumHoldersChanged',
  { policyId: string; roleDefinitionId: string; minimum: number; by: Actor; at: Instant }
>;

/**
 * Recorded when role settings name an endpoint that is asked before an activation, other terms for it, or none any more
 * (null). Not recorded for what was already so, nor for an endpoint that this installation does not allow.
 */
export type CustomExtensionChanged = DomainEvent<
  'CustomExtensionChanged',
  {
    policyId: string;
    roleDefinitionId: string;
    /** Counted together with the changes of rules. */
    version: number;
    customExtension: CustomExtension | null;
    by: Actor;
    at: Instant;
  }
>;

/**
 * Recorded when role settings change who may activate in an emergency; null: nobody. Not recorded for the people who were
 * named already, nor when one of them is no user.
 */
export type EmergencyAccessChanged = DomainEvent<
  'EmergencyAccessChanged',
  {
    policyId: string;
    roleDefinitionId: string;
    /** Counted together with the changes of rules. */
    version: number;
    emergencyAccess: EmergencyAccess | null;
    by: Actor;
    at: Instant;
  }
>;

export type PolicyEvent = PolicyRulesChanged | MinimumHoldersChanged | CustomExtensionChanged | EmergencyAccessChanged;

/** Stream `policy-<roleDefinitionId>`, for groups `policy-<groupId>_<member or owner>`. */
export const policyStream: StreamContract<PolicyEvent['type']> = {
  category: 'policy',
  context: 'requests',
  events: [
    contract('PolicyRulesChanged', policyRulesChangedV1toV2),
    contract('MinimumHoldersChanged'),
    contract('CustomExtensionChanged'),
    contract('EmergencyAccessChanged'),
  ],
};
