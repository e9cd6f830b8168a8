import type { PolicyEvent, PolicyRule } from '@pim/contracts';
import { fold } from '@pim/kernel';
import { groupPolicyView, policyView } from './policy';
import {
  changedOwnSettings,
  changedRules,
  groupPolicyHistoryView,
  policyHistoryView,
  versionsOf,
} from './policy-history';
import { demands, maximum } from './spec/role-policy';
import { now, paul } from './spec/some';

const about = { policyId: 'p', roleDefinitionId: 'helpdesk', by: paul, at: now };
const changed = (version: number, ...rules: PolicyRule[]): PolicyEvent => ({
  type: 'PolicyRulesChanged',
  data: { ...about, version, rules },
});
const twoHolders: PolicyEvent = { type: 'MinimumHoldersChanged', data: { ...about, minimum: 2 } };

const fourHours: PolicyRule = { ...maximum, maximumDuration: 'PT4H' };
const oneHour: PolicyRule = { ...maximum, maximumDuration: 'PT1H' };
const nothing: PolicyRule = { ...demands, enabledRules: [] };

describe('the past of a role’s settings', () => {
  const events = [changed(1, fourHours), twoHolders, changed(2, oneHour, nothing)];
  const versions = versionsOf(fold(policyHistoryView, events));

  it('tells each version, newest first, with who made it and what it changed', () =>
    expect(
      versions.map((one) => ({ version: one.version, by: one.by, at: one.at, changes: changedRules(one) })),
    ).toEqual([
      {
        version: 2,
        by: paul,
        at: now,
        changes: [
          { before: fourHours, after: oneHour },
          { before: demands, after: nothing },
        ],
      },
      { version: 1, by: paul, at: now, changes: [{ before: maximum, after: fourHours }] },
    ]));

  it('keeps all 17 rules of each version as the policy had them then', () => {
    expect(versions[0]?.after.rules).toEqual(fold(policyView, events).rules);
    expect(versions[1]?.after.rules).toEqual(fold(policyView, events.slice(0, 1)).rules);
  });

  it('counts what is OpenPIM’s own beside the rules', () => {
    const emergencyAccess = { people: ['a0000000-0000-4000-8000-000000000004'] };
    const opened: PolicyEvent = { type: 'EmergencyAccessChanged', data: { ...about, version: 3, emergencyAccess } };
    const [latest, before] = versionsOf(fold(policyHistoryView, [...events, opened]));
    expect(latest && [changedRules(latest), changedOwnSettings(latest)]).toEqual([
      [],
      [{ name: 'emergencyAccess', before: null, after: emergencyAccess }],
    ]);
    expect(before && changedOwnSettings(before)).toEqual([]);
  });

  it('has no version for the defaults, which are a group’s own for a group', () => {
    expect(versionsOf(policyHistoryView.initial)).toEqual([]);
    expect(groupPolicyHistoryView.initial.policy).toBe(groupPolicyView.initial);
  });
});
