import type { PolicyEvent, PolicyRule } from '@pim/contracts';
import type { View } from '@pim/kernel';
import { defaultGroupRules, defaultRules, type RuleId } from './policy-defaults';
import { noOwnSettings, type OwnSettings } from './policy.own-settings';

/** The settings of one role: all 17 rules in documented order, and how often they were changed. */
export interface Policy extends OwnSettings {
  /** 0: the defaults. */
  readonly version: number;
  /** Who wrote the rules as they are; null: the defaults, which nobody wrote. Changes of other settings leave it. */
  readonly authorId: string | null;
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
        authorId: data.by.id,
        rules: policy.rules.map((rule) => data.rules.find(({ id }) => id === rule.id) ?? rule),
      };
  }
};

/** What a `policy` stream means: Microsoft's defaults, with what was changed since. */
export const policyView: View<Policy, PolicyEvent> = {
  initial: { version: 0, authorId: null, rules: defaultRules(), minimumHolders: null, ...noOwnSettings },
  evolve,
};

/** The same for a group's members or owners. */
export const groupPolicyView: View<Policy, PolicyEvent> = {
  initial: { version: 0, authorId: null, rules: defaultGroupRules(), minimumHolders: null, ...noOwnSettings },
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
