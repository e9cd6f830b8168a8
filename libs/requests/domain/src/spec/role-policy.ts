import type { PolicyRule } from '@pim/contracts';
import { policyView, ruleOf, type Policy } from '../policy';
import { defaultStage, ruleIds } from '../policy-defaults';

const { initial } = policyView;

/** The default policy with some rules in place of its own, at version 7. */
export const withRules = (...rules: PolicyRule[]): Policy => ({
  ...initial,
  version: 7,
  authors: Object.fromEntries(rules.map(({ id }) => [id, 'paul'])),
  rules: initial.rules.map((rule) => rules.find(({ id }) => id === rule.id) ?? rule),
});

export const maximum = ruleOf(initial, ruleIds.expirationEndUserAssignment, 'expiration');
export const demands = ruleOf(initial, ruleIds.enablementEndUserAssignment, 'enablement');
export const adminMaximum = ruleOf(initial, ruleIds.expirationAdminAssignment, 'expiration');
export const adminDemands = ruleOf(initial, ruleIds.enablementAdminAssignment, 'enablement');
export const eligibilityMaximum = ruleOf(initial, ruleIds.expirationAdminEligibility, 'expiration');
export const eligibilityDemands = ruleOf(initial, ruleIds.enablementAdminEligibility, 'enablement');
export const context = ruleOf(initial, ruleIds.authenticationContextEndUserAssignment, 'authenticationContext');
export const approval = ruleOf(initial, ruleIds.approvalEndUserAssignment, 'approval');

export const contextC1 = { ...context, isEnabled: true, claimValue: 'c1' };

export const approvedByAlice = {
  ...approval,
  isApprovalRequired: true,
  approvalStages: [
    { ...defaultStage, primaryApprovers: [{ type: 'singleUser', id: 'alice', description: null } as const] },
  ],
};
