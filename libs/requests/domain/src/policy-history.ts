import type { Actor, Instant, PolicyEvent, PolicyRule } from '@pim/contracts';
import type { View } from '@pim/kernel';
import { groupPolicyView, policyView, type Policy } from './policy';

/** A rule before and after a change. */
export interface RuleChange {
  readonly before: PolicyRule;
  readonly after: PolicyRule;
}

/** Settings as they were from one change of rules to the next. */
export interface PolicyVersion {
  /** 1 for the first change. */
  readonly version: number;
  readonly at: Instant;
  readonly by: Actor;
  /** All 17, in documented order. */
  readonly rules: readonly PolicyRule[];
  readonly changes: readonly RuleChange[];
  readonly previous: PolicyVersion | null;
}

/** Every version that the rules of a policy had; `latest` null: the defaults alone. */
export interface PolicyHistory {
  readonly policy: Policy;
  readonly latest: PolicyVersion | null;
}

const changesBetween = (before: Policy, after: Policy): readonly RuleChange[] =>
  before.rules.flatMap((rule, index) => {
    const changed = after.rules[index];
    return changed && changed !== rule ? [{ before: rule, after: changed }] : [];
  });

const historyOf = ({ initial, evolve }: View<Policy, PolicyEvent>): View<PolicyHistory, PolicyEvent> => ({
  initial: { policy: initial, latest: null },
  evolve: ({ policy, latest }, event) => {
    const after = evolve(policy, event);
    if (event.type !== 'PolicyRulesChanged') return { policy: after, latest };
    const { version, at, by } = event.data;
    const changes = changesBetween(policy, after);
    return { policy: after, latest: { version, at, by, rules: after.rules, changes, previous: latest } };
  },
});

/** What a `policy` stream tells of the past of a role's settings. */
export const policyHistoryView = historyOf(policyView);

/** The same for a group's members or owners. */
export const groupPolicyHistoryView = historyOf(groupPolicyView);

/** Every version, newest first; without version 0, which nobody made. */
export const versionsOf = ({ latest }: PolicyHistory): readonly PolicyVersion[] => {
  const versions: PolicyVersion[] = [];
  for (let version = latest; version !== null; version = version.previous) versions.push(version);
  return versions;
};
