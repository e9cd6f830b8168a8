import type { Actor, Instant, PolicyEvent, PolicyRule } from '@pim/contracts';
import type { View } from '@pim/kernel';
import { groupPolicyView, policyView, type Policy } from './policy';
import type { OwnSettings } from './policy.own-settings';

/** A rule before and after a change. */
export interface RuleChange {
  readonly before: PolicyRule;
  readonly after: PolicyRule;
}

/** Settings as they were from one change to the next. */
export interface PolicyVersion {
  /** 1 for the first change. */
  readonly version: number;
  readonly at: Instant;
  readonly by: Actor;
  readonly before: Policy;
  readonly after: Policy;
  readonly previous: PolicyVersion | null;
}

/** Every version that a policy had; `latest` null: the defaults alone. */
export interface PolicyHistory {
  readonly policy: Policy;
  readonly latest: PolicyVersion | null;
}

/** Only what makes a version: the number of holders alone makes none. */
const historyOf = ({ initial, evolve }: View<Policy, PolicyEvent>): View<PolicyHistory, PolicyEvent> => ({
  initial: { policy: initial, latest: null },
  evolve: ({ policy: before, latest }, event) => {
    const after = evolve(before, event);
    if (!('version' in event.data)) return { policy: after, latest };
    const { version, at, by } = event.data;
    return { policy: after, latest: { version, at, by, before, after, previous: latest } };
  },
});

/** The rules that a version has otherwise than the one before it. */
export const changedRules = ({ before, after }: PolicyVersion): readonly RuleChange[] =>
  before.rules.flatMap((rule, index) => {
    const changed = after.rules[index];
    return changed && changed !== rule ? [{ before: rule, after: changed }] : [];
  });

/** A setting beside the rules that a version has otherwise than the one before it, each null when it is not set. */
export interface OwnSettingChange {
  readonly name: keyof OwnSettings;
  readonly before: OwnSettings[keyof OwnSettings];
  readonly after: OwnSettings[keyof OwnSettings];
}

const ownNames: readonly (keyof OwnSettings)[] = ['customExtension', 'emergencyAccess'];

/** The settings beside the rules that a version has otherwise. */
export const changedOwnSettings = ({ before, after }: PolicyVersion): readonly OwnSettingChange[] =>
  ownNames.flatMap((name) =>
    before[name] === after[name] ? [] : [{ name, before: before[name], after: after[name] }],
  );

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
