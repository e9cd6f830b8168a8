import type { Actor, ApprovalStage, Approver, Instant, PolicyEvent, PolicyRule } from '@pim/contracts';
import { canonicalJson, parseDuration, Rejection, type Decider, type DomainCommand } from '@pim/kernel';
import { groupPolicyView, policyView, type Policy } from './policy';
import { faultOf, invalidRule } from './policy-check';
import { ownChanges, type OwnChange, type OwnKnown } from './policy.own-settings';

/** Somebody who may be an approver: an existing user as `singleUser`, an existing group as `groupMembers`. */
export type KnownSubject = Pick<Approver, 'type' | 'id'>;

/** How many permanent holders a role is to keep, and what that is judged by. */
export interface MinimumHolders {
  readonly minimum: number;
  /** How many it has now. */
  readonly holders: number;
  /** Fewer than this it never keeps: one of a protected role. */
  readonly floor: number;
}

/** Puts these rules, whole, in place of the ones with the same ids. All or nothing. */
export type ChangePolicyRules = DomainCommand<
  'ChangePolicyRules',
  {
    policyId: string;
    roleDefinitionId: string;
    rules: readonly PolicyRule[];
    by: Actor;
    now: Instant;
    /** What is asked for beside the rules, if anything. */
    minimumHolders?: MinimumHolders;
    /** What is asked for of the settings that are OpenPIM's own, if anything. */
    own?: OwnChange & { readonly known: OwnKnown };
    /** The approvers named in `rules` that exist. Absent: they were not looked up, and are taken as they are. */
    knownSubjects?: readonly KnownSubject[];
  }
>;

const invalidPolicy = (why: string): Rejection =>
  new Rejection('invalid', 'InvalidPolicy', `The policy is invalid: ${why}`);

/** Two rules with the same meaning have the same text: durations by length, enabled rules in any order. */
const meaningOf = (rule: PolicyRule): string => {
  if (rule.type === 'expiration')
    return canonicalJson({ ...rule, maximumDuration: parseDuration(rule.maximumDuration) });
  if (rule.type === 'enablement')
    return canonicalJson({ ...rule, enabledRules: [...new Set(rule.enabledRules)].sort() });
  return canonicalJson(rule);
};

const storedFor = (rule: PolicyRule, { rules }: Policy): PolicyRule => {
  const stored = rules.find(({ id }) => id === rule.id);
  if (!stored) throw invalidRule(rule.id, 'no rule has this id.');
  if (stored.type !== rule.type) throw invalidRule(rule.id, `it is a rule of type ${stored.type}, not ${rule.type}.`);
  return stored;
};

const refuseInvalid = (rule: PolicyRule): void => {
  const fault = faultOf(rule);
  if (fault !== null) throw invalidRule(rule.id, fault);
};

const refuseRepeated = (rules: readonly PolicyRule[]): void => {
  const repeated = rules.find((rule, index) => rules.findIndex(({ id }) => id === rule.id) !== index);
  if (repeated) throw invalidRule(repeated.id, 'it was sent more than once.');
};

/** The users and groups a stage names; managers are found when somebody asks. */
export const namedIn = ({ primaryApprovers, escalationApprovers }: ApprovalStage): readonly Approver[] =>
  [...primaryApprovers, ...escalationApprovers].filter((one) => one.type !== 'requestorManager');

const refuseUnknownApprovers = (rule: PolicyRule, known: readonly KnownSubject[]): void => {
  if (rule.type !== 'approval') return;
  const unknown = rule.approvalStages
    .flatMap(namedIn)
    .find((approver) => !known.some(({ type, id }) => type === approver.type && id === approver.id));
  if (unknown)
    throw new Rejection(
      'invalid',
      'InvalidPolicy',
      `The policy is invalid: there is no ${unknown.type === 'singleUser' ? 'user' : 'group'} ${unknown.id} to approve.`,
    );
};

/** A group has no default approvers: without one nobody could ever say yes (reference §3.4, §3.7). */
const refuseNoApprovers = (rule: PolicyRule): void => {
  if (rule.type !== 'approval' || !rule.isApprovalRequired) return;
  if (rule.approvalStages.every(({ primaryApprovers }) => primaryApprovers.length > 0)) return;
  throw invalidPolicy('a group has no default approvers, so primaryApprovers of every stage must name somebody.');
};

const changedRules = ({ rules, knownSubjects }: ChangePolicyRules['data'], policy: Policy): readonly PolicyRule[] => {
  refuseRepeated(rules);
  return rules.filter((rule) => {
    const stored = storedFor(rule, policy);
    refuseInvalid(rule);
    if (knownSubjects) refuseUnknownApprovers(rule, knownSubjects);
    return meaningOf(rule) !== meaningOf(stored);
  });
};

/** null: nothing is asked for, or it is so already. */
const changedMinimum = ({ minimumHolders }: ChangePolicyRules['data'], policy: Policy): number | null => {
  if (!minimumHolders) return null;
  const { minimum, holders, floor } = minimumHolders;
  if (minimum < floor) throw invalidPolicy(`minimumHolders of this role must be at least ${floor}.`);
  if (minimum === (policy.minimumHolders ?? floor)) return null;
  if (minimum > holders)
    throw invalidPolicy(
      `minimumHolders cannot be ${minimum}: the role has ${holders} permanent active assignments of users.`,
    );
  return minimum;
};

/** All or nothing: what is refused of one leaves the other as it is. */
const decide = ({ data }: ChangePolicyRules, policy: Policy): readonly PolicyEvent[] => {
  const { policyId, roleDefinitionId, own, by, now } = data;
  const about = { policyId, roleDefinitionId };
  const rules = changedRules(data, policy);
  const minimum = changedMinimum(data, policy);
  const events: PolicyEvent[] = [];
  if (rules.length > 0)
    events.push({ type: 'PolicyRulesChanged', data: { ...about, version: policy.version + 1, rules, by, at: now } });
  if (minimum !== null) events.push({ type: 'MinimumHoldersChanged', data: { ...about, minimum, by, at: now } });
  const version = policy.version + (rules.length > 0 ? 2 : 1);
  return own ? [...events, ...ownChanges(own, policy, { ...about, version, by, at: now })] : events;
};

/** The settings of one role. Refuses what reference §3.7 calls invalid; says nothing when nothing changes. */
export const policyDecider: Decider<Policy, ChangePolicyRules, PolicyEvent> = { ...policyView, decide };

/** The settings of a group's members or owners. */
export const groupPolicyDecider: Decider<Policy, ChangePolicyRules, PolicyEvent> = {
  ...groupPolicyView,
  decide: (command, policy) => {
    if (command.data.minimumHolders) throw invalidPolicy('minimumHolders is for directory roles.');
    command.data.rules.forEach(refuseNoApprovers);
    return decide(command, policy);
  },
};
