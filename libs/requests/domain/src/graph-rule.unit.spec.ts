import type { ApprovalRule, PolicyRule, SubjectSet } from '@pim/contracts';
import { Rejection } from '@pim/kernel';
import fc from 'fast-check';
import { toGraphRule, type GraphVersion } from './graph-rule';
import { fromGraphRule, fromGraphRules } from './graph-rule-reader';
import { policyView, ruleOf } from './policy';
import { defaultRules, defaultStage, ruleIds } from './policy-defaults';

const { initial } = policyView;
const maximum = ruleOf(initial, ruleIds.expirationEndUserAssignment, 'expiration');
const demands = ruleOf(initial, ruleIds.enablementAdminAssignment, 'enablement');
const approval = ruleOf(initial, ruleIds.approvalEndUserAssignment, 'approval');
const context = ruleOf(initial, ruleIds.authenticationContextEndUserAssignment, 'authenticationContext');
const mail = ruleOf(initial, ruleIds.notificationAdminEndUserAssignment, 'notification');

const type = (name: string) => `#microsoft.graph.unifiedRoleManagementPolicy${name}Rule`;
const versions: readonly GraphVersion[] = ['v1.0', 'beta'];

/** JSON that cannot be made a text of. */
const noText = { toString: null, valueOf: null };

const byTwo: ApprovalRule = {
  ...approval,
  isApprovalRequired: true,
  approvalStages: [
    {
      ...defaultStage,
      primaryApprovers: [
        { type: 'singleUser', id: 'alice', description: 'Alice' },
        { type: 'groupMembers', id: 'approvers', description: null },
      ],
    },
  ],
};

const id = fc.stringMatching(/^[a-z0-9_-]{1,36}$/);
const description = fc.option(fc.string());
const subject: fc.Arbitrary<SubjectSet> = fc.oneof(
  fc.record({ type: fc.constantFrom('singleUser' as const, 'groupMembers' as const), id, description }),
  fc.record({ type: fc.constant('requestorManager' as const), managerLevel: fc.nat(9), description }),
);
const stage = fc.record({
  approvalStageTimeOutInDays: fc.nat(30),
  isApproverJustificationRequired: fc.boolean(),
  escalationTimeInMinutes: fc.nat(),
  isEscalationEnabled: fc.boolean(),
  primaryApprovers: fc.array(subject, { maxLength: 3 }),
  escalationApprovers: fc.array(subject, { maxLength: 3 }),
  requiredApprovals: fc.nat(10),
  reminderTimeInMinutes: fc.nat(),
});
const variant = (rule: PolicyRule): fc.Arbitrary<PolicyRule> => {
  switch (rule.type) {
    case 'expiration':
      return fc.record({
        type: fc.constant(rule.type),
        id: fc.constant(rule.id),
        isExpirationRequired: fc.boolean(),
        maximumDuration: fc.nat(99).map((hours) => `PT${hours}H`),
      });
    case 'enablement':
      return fc
        .uniqueArray(
          fc.constantFrom('MultiFactorAuthentication' as const, 'Justification' as const, 'Ticketing' as const),
        )
        .map((enabledRules) => ({ ...rule, enabledRules }));
    case 'approval':
      return fc.record({
        type: fc.constant(rule.type),
        id: fc.constant(rule.id),
        isApprovalRequired: fc.boolean(),
        isApprovalRequiredForExtension: fc.boolean(),
        isRequestorJustificationRequired: fc.boolean(),
        approvalMode: fc.constantFrom('SingleStage' as const, 'Serial' as const, 'NoApproval' as const),
        approvalStages: fc.array(stage, { maxLength: 2 }),
      });
    case 'authenticationContext':
      return fc
        .option(fc.integer({ min: 1, max: 99 }))
        .map((n) => ({ ...rule, isEnabled: n !== null, claimValue: n === null ? null : `c${n}` }));
    case 'notification':
      return fc.record({
        type: fc.constant(rule.type),
        id: fc.constant(rule.id),
        notificationType: fc.constant('Email' as const),
        recipientType: fc.constant(rule.recipientType),
        notificationLevel: fc.constantFrom('None' as const, 'Critical' as const, 'All' as const),
        isDefaultRecipientsEnabled: fc.boolean(),
        notificationRecipients: fc.array(fc.emailAddress(), { maxLength: 3 }),
      });
  }
};

/** What is wrong, as the caller reads it. */
const refusalOf = (json: unknown, stored: PolicyRule): string => {
  try {
    fromGraphRule(json, stored);
  } catch (error) {
    if (error instanceof Rejection && error.code === 'InvalidPolicyRule') return error.message;
    throw error;
  }
  return 'taken';
};

describe('a rule as Graph writes it', () => {
  it('carries its type, its id, its target and its content', () =>
    expect(toGraphRule(maximum, 'v1.0')).toEqual({
      '@odata.type': type('Expiration'),
      id: 'Expiration_EndUser_Assignment',
      isExpirationRequired: true,
      maximumDuration: 'PT8H',
      target: {
        caller: 'EndUser',
        operations: ['all'],
        level: 'Assignment',
        inheritableSettings: [],
        enforcedSettings: [],
      },
    }));

  it('names approvers as its version of the API does', () => {
    const approversIn = (version: GraphVersion) =>
      (toGraphRule(byTwo, version) as { setting: { approvalStages: [{ primaryApprovers: unknown }] } }).setting
        .approvalStages[0].primaryApprovers;
    expect(approversIn('v1.0')).toEqual([
      { '@odata.type': '#microsoft.graph.singleUser', userId: 'alice', description: 'Alice' },
      { '@odata.type': '#microsoft.graph.groupMembers', groupId: 'approvers', description: null },
    ]);
    expect(approversIn('beta')).toEqual([
      { '@odata.type': '#microsoft.graph.singleUser', isBackup: false, id: 'alice', description: 'Alice' },
      { '@odata.type': '#microsoft.graph.groupMembers', isBackup: false, id: 'approvers', description: null },
    ]);
  });

  it('reads back as the same rule, in both versions', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...defaultRules()).chain((stored) => fc.tuple(fc.constant(stored), variant(stored))),
        fc.constantFrom(...versions),
        ([stored, rule], version) => {
          expect(fromGraphRule(JSON.parse(JSON.stringify(toGraphRule(rule, version))), stored)).toEqual(rule);
        },
      ),
      { numRuns: 500 },
    ));

  it('keeps what a body does not say', () => {
    expect(fromGraphRule({ '@odata.type': type('Expiration'), maximumDuration: 'PT1H45M' }, maximum)).toEqual({
      ...maximum,
      maximumDuration: 'PT1H45M',
    });
    const setting = { approvalStages: [{ approvalStageTimeOutInDays: 2 }] };
    expect(fromGraphRule({ '@odata.type': type('Approval'), setting }, byTwo)).toEqual({
      ...byTwo,
      approvalStages: [{ ...byTwo.approvalStages[0], approvalStageTimeOutInDays: 2 }],
    });
    expect(fromGraphRule({ '@odata.type': type('Approval') }, byTwo)).toEqual(byTwo);
  });

  it.each<[string, PolicyRule, object, object]>([
    ['a type without #', maximum, { '@odata.type': type('Expiration').slice(1) }, {}],
    ['enum members in any case', demands, { enabledRules: ['TICKETING'] }, { enabledRules: ['Ticketing'] }],
    [
      'a demand said twice once',
      demands,
      { enabledRules: ['Ticketing', 'Ticketing'] },
      { enabledRules: ['Ticketing'] },
    ],
    ['an empty claim as none', context, { claimValue: '' }, {}],
    ['a claim that is switched off as none', context, { isEnabled: false, claimValue: 'c7' }, {}],
    ['a null target as none', maximum, { target: null }, {}],
    [
      'a target with the type annotation and operations',
      maximum,
      {
        target: {
          '@odata.type': 'microsoft.graph.unifiedRoleManagementPolicyRuleTarget',
          caller: 'enduser',
          operations: ['All'],
          level: 'Assignment',
        },
      },
      {},
    ],
  ])('takes %s', (_what, stored, body, expected) => {
    const name = { expiration: 'Expiration', enablement: 'Enablement', authenticationContext: 'AuthenticationContext' };
    const annotation = { '@odata.type': type(name[stored.type as keyof typeof name]) };
    expect(fromGraphRule({ ...annotation, ...body }, stored)).toEqual({ ...stored, ...expected });
  });

  it('keeps escalation approvers, unlike Graph', () => {
    const approvers = [{ '@odata.type': '#microsoft.graph.singleUser', userId: 'eve' }];
    const setting = { approvalStages: [{ escalationApprovers: approvers }] };
    const [stage] = byTwo.approvalStages;
    const escalationApprovers = [{ type: 'singleUser', id: 'eve', description: null }];
    expect(fromGraphRule({ '@odata.type': type('Approval'), setting }, byTwo)).toEqual({
      ...byTwo,
      approvalStages: [{ ...stage, escalationApprovers }],
    });
  });

  const approver = (body: object) => ({ setting: { approvalStages: [{ primaryApprovers: [body] }] } });
  const user = { '@odata.type': '#microsoft.graph.singleUser' };

  it.each([
    { ...user, userId: 'A0-B' },
    { ...user, id: 'A0-B' },
    { ...user, id: 'a0-b', userId: 'A0-B' },
    { '@odata.type': '#microsoft.graph.groupMembers', groupId: 'A0-B' },
  ])('keeps the id of an approver in lower case: %j', (body) => {
    const rule = fromGraphRule({ '@odata.type': type('Approval'), ...approver(body) }, byTwo);
    expect(JSON.stringify(rule)).toContain('"id":"a0-b"');
    expect(JSON.stringify(rule)).not.toContain('A0-B');
  });

  it.each<[string, PolicyRule, unknown]>([
    ['must be a JSON object', maximum, null],
    ['@odata.type', maximum, { maximumDuration: 'PT1H' }],
    ['@odata.type', maximum, { '@odata.type': type('Approval') }],
    ['@odata.type', maximum, { '@odata.type': noText }],
    ['@odata.type', maximum, { '@odata.type': [type('Expiration')] }],
    ['@odata.type', maximum, { '@odata.type': 7 }],
    ['id cannot be changed', maximum, { '@odata.type': type('Expiration'), id: 'Expiration_Admin_Assignment' }],
    ['maximumDuratoin is not a member', maximum, { '@odata.type': type('Expiration'), maximumDuratoin: 'PT1H' }],
    ['maximumDuration', maximum, { '@odata.type': type('Expiration'), maximumDuration: 8 }],
    ['isExpirationRequired', maximum, { '@odata.type': type('Expiration'), isExpirationRequired: 'true' }],
    ['isExpirationRequired', maximum, { '@odata.type': type('Expiration'), isExpirationRequired: null }],
    ['target.caller', maximum, { '@odata.type': type('Expiration'), target: { caller: 'Admin' } }],
    ['target.level', maximum, { '@odata.type': type('Expiration'), target: { level: 'Eligibility' } }],
    ['enabledRules', demands, { '@odata.type': type('Enablement'), enabledRules: ['Retina'] }],
    ['enabledRules', demands, { '@odata.type': type('Enablement'), enabledRules: 'Justification' }],
    ['claimValue', context, { '@odata.type': type('AuthenticationContext'), claimValue: 1 }],
    ['notificationLevel', mail, { '@odata.type': type('Notification'), notificationLevel: 'Some' }],
    ['notificationRecipients', mail, { '@odata.type': type('Notification'), notificationRecipients: [null] }],
    ['setting', approval, { '@odata.type': type('Approval'), setting: [] }],
    ['setting.approvalMode', approval, { '@odata.type': type('Approval'), setting: { approvalMode: 'Parallel' } }],
    ['setting.approvers is not a member', approval, { '@odata.type': type('Approval'), setting: { approvers: [] } }],
    [
      'setting.approvalStages[0].escalationTimeInMinutes',
      approval,
      { '@odata.type': type('Approval'), setting: { approvalStages: [{ escalationTimeInMinutes: -1 }] } },
    ],
    ['primaryApprovers[0].@odata.type', approval, { '@odata.type': type('Approval'), ...approver({ userId: 'a' }) }],
    [
      'primaryApprovers[0].@odata.type',
      approval,
      { '@odata.type': type('Approval'), ...approver({ '@odata.type': '#microsoft.graph.internalSponsors' }) },
    ],
    [
      'primaryApprovers[0].@odata.type',
      approval,
      { '@odata.type': type('Approval'), ...approver({ '@odata.type': noText, userId: 'a' }) },
    ],
    [
      'primaryApprovers[0].@odata.type',
      approval,
      { '@odata.type': type('Approval'), ...approver({ '@odata.type': [user['@odata.type']], userId: 'a' }) },
    ],
    ['primaryApprovers[0].userId', approval, { '@odata.type': type('Approval'), ...approver(user) }],
    [
      'primaryApprovers[0].userId',
      approval,
      { '@odata.type': type('Approval'), ...approver({ ...user, id: 'alice', userId: 'bob' }) },
    ],
  ])('refuses a body naming what is wrong: %s', (named, stored, json) => {
    expect(refusalOf(json, stored)).toContain(named);
    expect(refusalOf(json, stored)).toContain(stored.id);
  });

  it('answers any JSON with a rule or a rejection, never a fault', () =>
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...defaultRules()), (json, stored) => {
        const body = { ...toGraphRule(stored, 'v1.0'), setting: json, target: json, enabledRules: json };
        expect(() => [refusalOf(json, stored), refusalOf(body, stored)]).not.toThrow();
      }),
    ));
});

describe('the rules of a policy body', () => {
  it('are read against the stored ones', () => {
    const body = [toGraphRule({ ...maximum, maximumDuration: 'PT1H' }, 'v1.0'), toGraphRule(byTwo, 'beta')];
    expect(fromGraphRules(body, initial)).toEqual([{ ...maximum, maximumDuration: 'PT1H' }, byTwo]);
  });

  it.each([
    ['no list', {}],
    ['a rule without an id', [{ '@odata.type': type('Expiration') }]],
    ['an unknown id', [{ '@odata.type': type('Expiration'), id: 'constructor' }]],
    ['an id that is no text', [{ '@odata.type': type('Expiration'), id: noText }]],
    ['null', [null]],
  ])('are refused when there is %s', (_what, body) =>
    expect(() => fromGraphRules(body, initial)).toThrow(expect.objectContaining({ code: 'InvalidPolicyRule' })),
  );
});
