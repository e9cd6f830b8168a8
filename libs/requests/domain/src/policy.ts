import type { PolicyEvent, PolicyRule } from '@pim/contracts';
import type { View } from '@pim/kernel';
import { defaultGroupRules, defaultRules, ruleIds, type RuleId } from './policy-defaults';
import { noOwnSettings, type OwnSettings } from './policy.own-settings';

/** The settings of one role: all 17 rules in documented order, and how often they were changed. */
export interface Policy extends OwnSettings {
  /** 0: the defaults. */
  readonly version: number;
  /** Who wrote each rule as it stands, by the id of the rule; none for a default, which nobody wrote. */
  readonly authors: Readonly<Record<string, string>>;
  readonly rules: readonly PolicyRule[];
  /** How many permanent holders the role keeps at the least; null: nobody has said. */
  readonly minimumHolders: number | null;
}

const evolve = (policy: Policy, { type, data }: PolicyEvent): Policy => {
  switch (type) {
    case 'MinimumHoldersChanged':
      return { ...policy, minimumHolders: data.minimum };
    case 'CustomExtensionChanged':
      return { ...policy, version: data.version, customExtension: data.customExtension };
    case 'EmergencyAccessChanged':
      return { ...policy, version: data.version, emergencyAccess: data.emergencyAccess };
    case 'PolicyRulesChanged':
      return {
        ...policy,
        version: data.version,
        authors: { ...policy.authors, ...Object.fromEntries(data.rules.map(({ id }) => [id, data.by.id])) },
        rules: policy.rules.map((rule) => data.rules.find(({ id }) => id === rule.id) ?? rule),
      };
  }
};

/** What a `policy` stream means: Microsoft's defaults, with what was changed since. */
export const policyView: View<Policy, PolicyEvent> = {
  initial: { version: 0, authors: {}, rules: defaultRules(), minimumHolders: null, ...noOwnSettings },
  evolve,
};

/** The same for a group's members or owners. */
export const groupPolicyView: View<Policy, PolicyEvent> = {
  initial: { version: 0, authors: {}, rules: defaultGroupRules(), minimumHolders: null, ...noOwnSettings },
  evolve,
};

/** One of the 17 rules, with the type it always has. */
export const ruleOf = <T extends PolicyRule['type']>(
  policy: Policy,
  id: RuleId,
  type: T,
): Extract<PolicyRule, { type: T }> => {
  const isWanted = (rule: PolicyRule): rule is Extract<PolicyRule, { type: T }> => rule.id === id && rule.type === type;
  const rule = policy.rules.find(isWanted);
  if (!rule) throw new Error(`a policy has no ${type} rule ${id} (this is a bug)`);
  return rule;
};

/** The rules by which activations are judged, whatever they come to: what each asks, for how long, and who agrees. */
const activationRules: readonly RuleId[] = [
  ruleIds.expirationEndUserAssignment,
  ruleIds.enablementEndUserAssignment,
  ruleIds.approvalEndUserAssignment,
  ruleIds.authenticationContextEndUserAssignment,
];

/** Whoever wrote one of the rules, as they stand, that decide about an activation: each once, in order. */
export const activationAuthors = ({ authors }: Policy): readonly string[] => {
  const found = activationRules.flatMap((id) => authors[id] ?? []);
  return [...new Set(found)].sort();
};
