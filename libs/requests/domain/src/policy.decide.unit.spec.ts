import type { ApprovalRule, ApprovalStage, NotificationRule, PolicyEvent, PolicyRule } from '@pim/contracts';
import { fold } from '@pim/kernel';
import { specFor } from '@pim/kernel/spec';
import { activationAuthors, policyView, ruleOf } from './policy';
import { groupPolicyDecider, policyDecider, type ChangePolicyRules } from './policy.decide';
import { defaultRules, defaultStage, ruleIds, targetOf } from './policy-defaults';
import { now, paul } from './spec/some';

const { given } = specFor(policyDecider);
const about = { policyId: 'p', roleDefinitionId: 'helpdesk' };

const change = (rules: readonly PolicyRule[], more: Partial<ChangePolicyRules['data']> = {}): ChangePolicyRules => ({
  type: 'ChangePolicyRules',
  data: { ...about, rules, by: paul, now, ...more },
});

const changed = (version: number, ...rules: PolicyRule[]): PolicyEvent => ({
  type: 'PolicyRulesChanged',
  data: { ...about, version, rules, by: paul, at: now },
});

const { initial } = policyView;
const maximum = ruleOf(initial, ruleIds.expirationEndUserAssignment, 'expiration');
const demands = ruleOf(initial, ruleIds.enablementEndUserAssignment, 'enablement');
const approval = ruleOf(initial, ruleIds.approvalEndUserAssignment, 'approval');
const context = ruleOf(initial, ruleIds.authenticationContextEndUserAssignment, 'authenticationContext');
const mail = ruleOf(initial, ruleIds.notificationAdminEndUserAssignment, 'notification');

const fourHours: PolicyRule = { ...maximum, maximumDuration: 'PT4H' };
const byAlice: ApprovalRule = {
  ...approval,
  isApprovalRequired: true,
  approvalStages: [{ ...defaultStage, primaryApprovers: [{ type: 'singleUser', id: 'alice', description: null }] }],
};

describe('the settings of a role', () => {
  it('start as the 17 rules of Microsoft, in documented order', () => {
    expect(defaultRules().map(({ id }) => id)).toEqual(Object.values(ruleIds));
    expect(new Set(Object.values(ruleIds)).size).toBe(17);
    expect(initial).toEqual({
      version: 0,
      authors: {},
      rules: defaultRules(),
      minimumHolders: null,
      customExtension: null,
      emergencyAccess: null,
    });
  });

  it('start with the documented values', () => {
    expect(ruleOf(initial, ruleIds.expirationAdminEligibility, 'expiration')).toMatchObject({
      isExpirationRequired: false,
      maximumDuration: 'P365D',
    });
    expect(ruleOf(initial, ruleIds.expirationAdminAssignment, 'expiration').maximumDuration).toBe('P180D');
    expect(ruleOf(initial, ruleIds.enablementAdminEligibility, 'enablement').enabledRules).toEqual([]);
    expect(ruleOf(initial, ruleIds.enablementAdminAssignment, 'enablement').enabledRules).toEqual(['Justification']);
    expect(demands.enabledRules).toEqual(['MultiFactorAuthentication', 'Justification']);
    expect(maximum).toMatchObject({ isExpirationRequired: true, maximumDuration: 'PT8H' });
    expect(approval).toMatchObject({ isApprovalRequired: false, isRequestorJustificationRequired: true });
    expect(context).toMatchObject({ isEnabled: false, claimValue: null });
  });

  it('name their target in their id', () => {
    expect(targetOf(ruleIds.notificationApproverAdminEligibility)).toEqual({ caller: 'Admin', level: 'Eligibility' });
    expect(targetOf(ruleIds.enablementAdminAssignment)).toEqual({ caller: 'Admin', level: 'Assignment' });
    expect(targetOf(ruleIds.approvalEndUserAssignment)).toEqual({ caller: 'EndUser', level: 'Assignment' });
  });

  it('keep their order and the other rules when one changes', () => {
    const { rules, version } = policyView.evolve(initial, changed(1, fourHours));
    expect(version).toBe(1);
    expect(rules).toEqual(defaultRules().map((rule) => (rule.id === maximum.id ? fourHours : rule)));
  });
});

describe('who wrote what decides about an activation', () => {
  const changedBy = (id: string, version: number, ...rules: PolicyRule[]): PolicyEvent => ({
    type: 'PolicyRulesChanged',
    data: { ...about, version, rules, by: { id, kind: 'user' }, at: now },
  });
  const authorsAfter = (...events: PolicyEvent[]) => activationAuthors(fold(policyView, events));
  const silent: PolicyRule = { ...mail, notificationLevel: 'Critical' };

  it('is nobody while they are the defaults', () => expect(authorsAfter()).toEqual([]));

  it('stays whoever wrote it when somebody else changes something that does not', () =>
    expect(authorsAfter(changedBy('paul', 1, byAlice), changedBy('ada', 2, silent))).toEqual(['paul']));

  it('is everybody who wrote one of the rules, as they stand', () => {
    const both = [changedBy('paul', 1, byAlice, silent), changedBy('ada', 2, fourHours)];
    expect(authorsAfter(...both)).toEqual(['ada', 'paul']);
    const allOfPaul = [...both, changedBy('paul', 3, { ...maximum, maximumDuration: 'PT2H' })];
    expect(authorsAfter(...allOfPaul)).toEqual(['paul']);
  });
});

describe('changing the settings of a role', () => {
  it('records only the rules that changed, under the next version', () =>
    given()
      .when(change([demands, fourHours]))
      .then(changed(1, fourHours)));

  it('counts versions on', () =>
    given(changed(1, fourHours), changed(2, byAlice))
      .when(change([maximum]))
      .then(changed(3, maximum)));

  it.each<[string, PolicyRule]>([
    ['the same rule', maximum],
    ['the same duration in other words', { ...maximum, maximumDuration: 'PT480M' }],
    ['the same demands in another order', { ...demands, enabledRules: [...demands.enabledRules].reverse() }],
    ['a demand said twice', { ...demands, enabledRules: [...demands.enabledRules, 'Justification'] }],
  ])('is silent about %s', (_what, rule) =>
    given()
      .when(change([rule]))
      .thenNothing(),
  );

  const recipients = (...notificationRecipients: string[]): NotificationRule => ({ ...mail, notificationRecipients });
  const staged = (...approvalStages: ApprovalRule['approvalStages']): ApprovalRule => ({ ...byAlice, approvalStages });
  const eve = { type: 'singleUser', id: 'eve', description: null } as const;
  const escalating = (escalationTimeInMinutes: number): ApprovalStage => ({
    ...defaultStage,
    isEscalationEnabled: true,
    escalationTimeInMinutes,
    escalationApprovers: [eve],
  });
  const managed = (managerLevel: number): ApprovalStage => ({
    ...defaultStage,
    primaryApprovers: [{ type: 'requestorManager', managerLevel, description: null }],
  });

  it.each<[string, PolicyRule]>([
    ['a rule nobody knows', { ...maximum, id: 'Expiration_EndUser_Eligibility' }],
    ['a rule of another type than its id', { ...context, id: maximum.id }],
    ['a duration nobody can read', { ...maximum, maximumDuration: '8 hours' }],
    ['a negative duration', { ...maximum, maximumDuration: '-PT8H' }],
    ['a duration of nothing', { ...maximum, maximumDuration: 'PT0S' }],
    ['a maximum under five minutes', { ...maximum, maximumDuration: 'PT4M59S' }],
    ['activations that never end', { ...maximum, isExpirationRequired: false }],
    ['an unknown demand', { ...demands, enabledRules: ['Retina' as 'Justification'] }],
    ['a context outside c1 to c99', { ...context, isEnabled: true, claimValue: 'c100' }],
    ['context c0', { ...context, isEnabled: true, claimValue: 'c0' }],
    ['a context without a name', { ...context, isEnabled: true, claimValue: null }],
    ['an approval without a stage', staged()],
    ['an approval with two stages in mode SingleStage', staged(defaultStage, defaultStage)],
    [
      'more stages than five',
      { ...staged(...Array<typeof defaultStage>(6).fill(defaultStage)), approvalMode: 'Serial' },
    ],
    ['a stage that needs nobody', staged({ ...defaultStage, requiredApprovals: 0 })],
    ['more approvers than ten', staged({ ...defaultStage, requiredApprovals: 11 })],
    [
      'reminders further apart than a stage may last',
      staged({ ...defaultStage, reminderTimeInMinutes: 30 * 24 * 60 + 1 }),
    ],
    ['an approval that needs none', { ...byAlice, approvalMode: 'NoApproval' }],
    ['an approval window of no time', staged({ ...defaultStage, approvalStageTimeOutInDays: 0 })],
    ['escalation to nobody', staged({ ...defaultStage, isEscalationEnabled: true, escalationTimeInMinutes: 60 })],
    ['escalation at once', staged(escalating(0))],
    ['escalation when the stage is over', staged(escalating(24 * 60))],
    ['a manager of nobody', staged(managed(0))],
    ['a manager eleven levels up', staged(managed(11))],
    ['a recipient without an address', recipients('soc')],
    ['a line break in an address', recipients('soc@contoso.example\r\nBcc: eve@evil.example')],
    ['two addresses in one', recipients('soc@contoso.example,eve@evil.example')],
    ['more recipients than a message may have', recipients(...Array<string>(1001).fill('soc@contoso.example'))],
    ['a recipient type other than its id says', { ...mail, recipientType: 'Approver' }],
  ])('refuses %s', (_what, rule) =>
    given()
      .when(change([rule]))
      .thenRejected('InvalidPolicyRule'),
  );

  it.each<[string, PolicyRule]>([
    ['a maximum of five minutes', { ...maximum, maximumDuration: 'PT5M' }],
    ['a maximum above a day', { ...maximum, maximumDuration: 'P2D' }],
    ['no demand at all', { ...demands, enabledRules: [] }],
    ['context c99', { ...context, isEnabled: true, claimValue: 'c99' }],
    ['a thousand recipients', recipients(...Array<string>(1000).fill('soc@contoso.example'))],
    ['the default approvers', staged(defaultStage)],
    ['approval switched off', { ...approval, approvalMode: 'NoApproval', approvalStages: [] }],
  ])('takes %s', (_what, rule) =>
    given()
      .when(change([rule]))
      .then(changed(1, rule)),
  );

  it('changes nothing when one of several rules is invalid', () =>
    given()
      .when(change([fourHours, { ...context, isEnabled: true, claimValue: 'x' }]))
      .thenRejected('InvalidPolicyRule'));

  it('refuses the same rule twice, because only one can be meant', () =>
    given()
      .when(change([fourHours, maximum]))
      .thenRejected('InvalidPolicyRule'));

  it('takes an approver who exists', () =>
    given()
      .when(change([byAlice], { knownSubjects: [{ type: 'singleUser', id: 'alice' }] }))
      .then(changed(1, byAlice)));

  it.each([
    ['nobody', []],
    ['a group', [{ type: 'groupMembers' as const, id: 'alice' }]],
  ])('refuses an approver whose id is that of %s', (_what, knownSubjects) =>
    given()
      .when(change([byAlice], { knownSubjects }))
      .thenRejected('InvalidPolicy'),
  );
});

describe('how many holders a role keeps', () => {
  const keep = (minimum: number, holders: number, floor = 0, rules: PolicyRule[] = []): ChangePolicyRules =>
    change(rules, { minimumHolders: { minimum, holders, floor } });
  const kept = (minimum: number): PolicyEvent => ({
    type: 'MinimumHoldersChanged',
    data: { ...about, minimum, by: paul, at: now },
  });

  it('is recorded when it has so many, together with the rules', () => {
    given().when(keep(2, 2)).then(kept(2));
    given()
      .when(keep(2, 3, 0, [fourHours]))
      .then(changed(1, fourHours), kept(2));
    given(kept(2)).when(keep(0, 1)).then(kept(0));
  });

  it('says nothing of what is so already', () => {
    given(kept(2)).when(keep(2, 1)).thenNothing();
    given()
      .when(keep(1, 5, 1))
      .thenNothing();
  });

  it.each<[string, ChangePolicyRules]>([
    ['more than it has', keep(3, 2)],
    ['none of a protected role', keep(0, 2, 1)],
    ['more than it has, beside a rule that could change', keep(3, 2, 0, [fourHours])],
  ])('is never %s', (_what, command) => given().when(command).thenRejected('InvalidPolicy'));

  it('is not for groups', () => specFor(groupPolicyDecider).given().when(keep(1, 1)).thenRejected('InvalidPolicy'));
});

describe('the settings of a group', () => {
  const ofGroup = specFor(groupPolicyDecider);

  it('demand approvers where they demand approval', () => {
    const nobody: ApprovalRule = { ...byAlice, approvalStages: [defaultStage] };
    ofGroup
      .given()
      .when(change([nobody]))
      .thenRejected('InvalidPolicy');
    ofGroup
      .given()
      .when(change([byAlice]))
      .then(changed(1, byAlice));
  });
});
