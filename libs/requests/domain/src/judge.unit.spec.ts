import type { RoleScheduleEvent } from '@pim/contracts';
import { fold, Rejection } from '@pim/kernel';
import type { Ask, Facts, Verdict } from './ask';
import { judge } from './judge';
import { roleView } from './role-view';
import { activated, assigned, eligible } from './spec/role';
import {
  adminDemands,
  adminMaximum,
  approval,
  approvedByAlice,
  contextC1,
  demands,
  eligibilityDemands,
  eligibilityMaximum,
  maximum,
  withRules,
} from './spec/role-policy';
import { anAsk, automation, erin, now, paul, someFacts } from './spec/some';

const after = (...events: RoleScheduleEvent[]) => ({ role: fold(roleView, events) });
const lasting = (duration: string | null, startDateTime: string | null = null): Pick<Ask, 'schedule'> => ({
  schedule: {
    startDateTime,
    expiration: { type: duration === null ? 'noExpiration' : 'afterDuration', endDateTime: null, duration },
  },
});
const signedIn = (actor = erin, amr: string[] = [], acrs: string[] = []): Pick<Facts, 'caller'> => ({
  caller: { actor, authentication: { amr, acr: null, acrs, authTime: null }, isAdministrator: actor !== erin },
});
const byPaul = signedIn(paul, ['mfa']);

const assign: Partial<Ask> = { action: 'adminAssign' };
const makeEligible: Partial<Ask> = { ...assign, kind: 'eligibility' };
const remove: Partial<Ask> = { action: 'adminRemove', schedule: null, justification: null, ticket: null };
const deactivate: Partial<Ask> = { ...remove, action: 'selfDeactivate' };
const group: Partial<Facts> = {
  principal: { known: true, type: 'group', enabled: true, groupIds: [], managerIds: [], isAssignableToRole: false },
};
const servicePrincipal: Partial<Facts> = {
  principal: {
    known: true,
    type: 'servicePrincipal',
    enabled: true,
    groupIds: [],
    managerIds: [],
    isAssignableToRole: false,
  },
};

/** The code of a rejection or a refusal, or `accepted`. */
const answerTo = (ask: Partial<Ask>, facts: Partial<Facts>): string => {
  try {
    const verdict = judge(anAsk(ask), someFacts(facts));
    return verdict.verdict === 'refused' ? verdict.code : 'accepted';
  } catch (error) {
    if (error instanceof Rejection) return `${error.kind}: ${error.code}`;
    throw error;
  }
};

const accepted = (ask: Partial<Ask>, facts: Partial<Facts>): Extract<Verdict, { verdict: 'accepted' }> => {
  const verdict = judge(anAsk(ask), someFacts(facts));
  if (verdict.verdict !== 'accepted') throw new Error(`refused with ${verdict.code}: ${verdict.message}`);
  return verdict;
};

const refused = (ask: Partial<Ask>, facts: Partial<Facts>): Extract<Verdict, { verdict: 'refused' }> => {
  const verdict = judge(anAsk(ask), someFacts(facts));
  if (verdict.verdict !== 'refused') throw new Error('accepted');
  return verdict;
};

describe('an activation', () => {
  it('is ordered as asked, and recorded as sent under the policy version it was judged by', () => {
    const { order, content, approval: terms } = accepted({}, { ...after(eligible('erin')), policy: withRules() });
    expect(order).toEqual({
      requestId: 'r1',
      kind: 'assignment',
      action: 'selfActivate',
      principalId: 'erin',
      roleDefinitionId: 'helpdesk',
      directoryScopeId: '/',
      startDateTime: null,
      durationMs: 3_600_000,
      endDateTime: null,
      targetScheduleId: null,
      actor: erin,
    });
    expect(content).toMatchObject({ schedule: anAsk().schedule, policyVersion: 7, createdBy: erin });
    expect(terms).toBeNull();
  });

  it('lasts as long as the policy allows when it does not say', () => {
    const policy = withRules({ ...maximum, maximumDuration: 'PT2H' });
    expect(accepted({ schedule: null }, { ...after(eligible('erin')), policy }).order.durationMs).toBe(7_200_000);
  });

  it('is judged the same when it is only to be validated', () => {
    const facts = after(eligible('erin'));
    expect(accepted({ isValidationOnly: true }, facts)).toEqual(accepted({}, facts));
  });

  it('may rest on an eligibility that is in effect at a later start', () => {
    const later = '2026-03-02T00:00:00.000Z';
    const facts = after(eligible('erin', { start: later }));
    expect(answerTo(lasting('PT1H', later), facts)).toBe('accepted');
    expect(answerTo(lasting('PT1H'), facts)).toBe('RoleAssignmentDoesNotExist');
  });

  it('may rest on an eligibility of a group', () => {
    const principal = { ...someFacts().principal, groupIds: ['staff'] };
    expect(answerTo({}, { ...after(eligible('staff')), principal })).toBe('accepted');
    expect(answerTo({}, after(eligible('staff')))).toBe('RoleAssignmentDoesNotExist');
  });

  it.each<[string, string, Partial<Facts>]>([
    ['while active', 'RoleAssignmentExists', after(eligible('erin'), activated('erin', { scheduleId: 'a' }))],
    ['while assigned', 'RoleAssignmentExists', after(eligible('erin'), assigned('erin', { scheduleId: 'a' }))],
    ['while another waits', 'PendingRoleAssignmentRequest', { ...after(eligible('erin')), pendingRequestExists: true }],
    ['without eligibility', 'RoleAssignmentDoesNotExist', {}],
    ['of a disabled role', 'InvalidRoleAssignmentRequest', { ...after(eligible('erin')), roleEnabled: false }],
    [
      'by a disabled account',
      'InvalidRoleAssignmentRequest',
      { ...after(eligible('erin')), principal: { ...someFacts().principal, enabled: false } },
    ],
  ])('is refused %s with %s', (_when, code, facts) => expect(answerTo({}, facts)).toBe(code));

  it('is possible again once the last one has ended', () =>
    expect(answerTo({}, after(eligible('erin'), activated('erin', { scheduleId: 'a', end: now })))).toBe('accepted'));
});

describe('the policy of an activation', () => {
  const role = after(eligible('erin'));
  const all = withRules({ ...demands, enabledRules: ['Ticketing', 'MultiFactorAuthentication', 'Justification'] });
  const failing = (names: string[]) => ({
    code: 'RoleAssignmentRequestPolicyValidationFailed',
    message: `The following policy rules failed: ${JSON.stringify(names)}`,
  });

  it('names every rule that failed, in one sentence clients can parse', () =>
    expect(
      refused(
        { ...lasting('PT9H'), justification: '  ', ticket: null },
        { ...role, ...signedIn(erin, ['pwd']), policy: all },
      ),
    ).toMatchObject({
      code: 'RoleAssignmentRequestPolicyValidationFailed',
      message: 'The following policy rules failed: ["ExpirationRule","JustificationRule","MfaRule","TicketingRule"]',
    }));

  it.each<[string, string, Partial<Ask>]>([
    ['a duration above the maximum', 'ExpirationRule', lasting('PT8H0.001S')],
    ['no end', 'ExpirationRule', lasting(null)],
    [
      'an end too late',
      'ExpirationRule',
      {
        schedule: {
          startDateTime: null,
          expiration: { type: 'afterDateTime', endDateTime: '2026-03-01T20:00:00.001Z', duration: null },
        },
      },
    ],
    ['no justification', 'JustificationRule', { justification: null }],
    ['no ticket', 'TicketingRule', { ticket: null }],
    ['a blank ticket number', 'TicketingRule', { ticket: { ticketNumber: ' ', ticketSystem: 'desk' } }],
    ['no ticket system', 'TicketingRule', { ticket: { ticketNumber: 'INC-1', ticketSystem: null } }],
  ])('fails %s with %s', (_what, name, ask) =>
    expect(refused(ask, { ...role, policy: all })).toMatchObject(failing([name])),
  );

  it.each<[string, Partial<Facts>]>([
    ['does not say so', signedIn(erin, ['pwd'])],
    ['says nothing', { caller: { ...someFacts().caller, authentication: null } }],
  ])('fails MfaRule with a token that %s', (_what, caller) =>
    expect(refused({}, { ...role, ...caller })).toMatchObject(failing(['MfaRule'])),
  );

  it('allows the maximum exactly', () => expect(answerTo(lasting('PT8H'), role)).toBe('accepted'));

  it('demands nothing it does not list', () => {
    const policy = withRules({ ...demands, enabledRules: [] });
    const nothing = { justification: null, ticket: null };
    expect(answerTo(nothing, { ...role, ...signedIn(), policy })).toBe('accepted');
  });

  it('challenges for its authentication context, with claims clients can read', () => {
    const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
    const refusal = refused({}, { ...role, policy: withRules(contextC1) });
    expect(refusal).toMatchObject({ code: 'RoleAssignmentRequestAcrsValidationFailed', context: 'c1' });
    expect(refusal.message.endsWith(`&claims=${encodeURIComponent(claims)}`)).toBe(true);
  });

  it('is content with the authentication context alone when it does not list MFA', () => {
    const policy = withRules(contextC1, { ...demands, enabledRules: ['Justification'] });
    expect(answerTo({}, { ...role, ...signedIn(erin, ['pwd'], ['c1']), policy })).toBe('accepted');
    expect(answerTo({}, { ...role, ...signedIn(erin, ['pwd'], ['c2']), policy })).toBe(
      'RoleAssignmentRequestAcrsValidationFailed',
    );
  });

  it('demands both when it lists both', () =>
    expect(refused({}, { ...role, ...signedIn(erin, ['pwd'], ['c1']), policy: withRules(contextC1) })).toMatchObject(
      failing(['MfaRule']),
    ));

  it('sends it to approvers, frozen, with a day to answer', () =>
    expect(accepted({}, { ...role, policy: withRules(approvedByAlice) }).approval).toEqual({
      stages: [
        {
          approvers: [{ type: 'singleUser', id: 'alice', description: null }],
          requiredApprovals: 1,
          isApproverJustificationRequired: true,
          windowMs: 24 * 3_600_000,
          escalation: null,
          remindEveryMs: null,
        },
      ],
      deadline: '2026-03-02T12:00:00.000Z',
      policyAuthorIds: ['paul'],
    }));

  it('sends it through its stages, each with its number of approvers, its escalation and its reminders', () => {
    const [stage] = approvedByAlice.approvalStages;
    const second = {
      ...stage!,
      primaryApprovers: [{ type: 'groupMembers', id: 'board', description: null } as const],
      requiredApprovals: 2,
      approvalStageTimeOutInDays: 2,
      isEscalationEnabled: true,
      escalationTimeInMinutes: 60,
      escalationApprovers: [{ type: 'singleUser', id: 'ceo', description: null } as const],
      reminderTimeInMinutes: 30,
    };
    const rule = { ...approvedByAlice, approvalMode: 'Serial' as const, approvalStages: [stage!, second] };
    expect(accepted({}, { ...role, policy: withRules(rule) }).approval?.stages[1]).toEqual({
      approvers: second.primaryApprovers,
      requiredApprovals: 2,
      isApproverJustificationRequired: true,
      windowMs: 48 * 3_600_000,
      escalation: { afterMs: 3_600_000, approvers: second.escalationApprovers },
      remindEveryMs: 1_800_000,
    });
  });

  it('names the manager who it is now, at the level asked for; nobody where there is none', () => {
    const [stage] = approvedByAlice.approvalStages;
    const asking = (managerLevel: number) => ({
      ...approvedByAlice,
      approvalStages: [
        { ...stage!, primaryApprovers: [{ type: 'requestorManager', managerLevel, description: null } as const] },
      ],
    });
    const principal = { ...someFacts({}).principal, managerIds: ['mia', 'max'] };
    const approversAt = (level: number) =>
      accepted({}, { ...role, principal, policy: withRules(asking(level)) }).approval?.stages[0]?.approvers;
    expect(approversAt(1)).toEqual([{ type: 'singleUser', id: 'mia', description: null }]);
    expect(approversAt(2)).toEqual([{ type: 'singleUser', id: 'max', description: null }]);
    expect(approversAt(3)).toEqual([]);
  });

  it('gives approvers as many days as it says', () => {
    const [stage] = approvedByAlice.approvalStages;
    const rule = { ...approvedByAlice, approvalStages: [{ ...stage!, approvalStageTimeOutInDays: 3 }] };
    expect(accepted({}, { ...role, policy: withRules(rule) }).approval?.deadline).toBe('2026-03-04T12:00:00.000Z');
  });

  it('demands a justification for approvers, though not for itself', () => {
    const quiet = { ...demands, enabledRules: [] };
    const ask = { justification: null };
    expect(refused(ask, { ...role, policy: withRules(quiet, approvedByAlice) })).toMatchObject(
      failing(['JustificationRule']),
    );
    const unasked = { ...approvedByAlice, isRequestorJustificationRequired: false };
    expect(answerTo(ask, { ...role, policy: withRules(quiet, unasked) })).toBe('accepted');
    expect(answerTo(ask, { ...role, policy: withRules(quiet, approval) })).toBe('accepted');
  });
});

describe('an assignment by an administrator', () => {
  it.each<[string, Partial<Ask>, Partial<Facts>]>([
    ['active, permanent', { ...assign, ...lasting(null) }, byPaul],
    ['active without a schedule', { ...assign, schedule: null }, byPaul],
    ['eligible without a word', { ...makeEligible, justification: null }, byPaul],
    ['eligible while active', makeEligible, { ...byPaul, ...after(assigned('erin')) }],
    ['active while eligible', assign, { ...byPaul, ...after(eligible('erin')) }],
    ['active while activated', assign, { ...byPaul, ...after(activated('erin')) }],
    ['active while a request of the user waits', assign, { ...byPaul, pendingRequestExists: true }],
    ['active, to a service principal', assign, { ...byPaul, ...servicePrincipal }],
    ['to a role-assignable group', assign, { ...byPaul, principal: { ...group.principal!, isAssignableToRole: true } }],
    ['by an application, without MFA', assign, signedIn(automation)],
    ['longer than the maximum that is not required', { ...assign, ...lasting('P400D') }, byPaul],
  ])('is possible: %s', (_what, ask, facts) => expect(answerTo(ask, facts)).toBe('accepted'));

  it.each<[string, string, Partial<Ask>, Partial<Facts>]>([
    ['the same twice', 'RoleAssignmentExists', assign, { ...byPaul, ...after(assigned('erin')) }],
    ['eligible twice', 'RoleAssignmentExists', makeEligible, { ...byPaul, ...after(eligible('erin')) }],
    [
      'the same twice, though it starts later',
      'RoleAssignmentExists',
      assign,
      { ...byPaul, ...after(assigned('erin', { start: '2027-01-01T00:00:00.000Z' })) },
    ],
    ['to any group', 'InvalidRoleAssignmentRequest', assign, { ...byPaul, ...group }],
    [
      'eligible, to a service principal',
      'InvalidRoleAssignmentRequest',
      makeEligible,
      { ...byPaul, ...servicePrincipal },
    ],
    ['of a disabled role', 'InvalidRoleAssignmentRequest', makeEligible, { ...byPaul, roleEnabled: false }],
  ])('is refused: %s with %s', (_what, code, ask, facts) => expect(answerTo(ask, facts)).toBe(code));

  it.each<[string, string, Partial<Ask>, Partial<Facts>]>([
    ['active, no justification', '["JustificationRule"]', { ...assign, justification: null }, byPaul],
    [
      'active without MFA, where it is demanded',
      '["MfaRule"]',
      assign,
      {
        ...signedIn(paul, ['pwd']),
        policy: withRules({ ...adminDemands, enabledRules: ['MultiFactorAuthentication'] }),
      },
    ],
    [
      'active and permanent, where an end is demanded',
      '["ExpirationRule"]',
      { ...assign, ...lasting(null) },
      { ...byPaul, policy: withRules({ ...adminMaximum, isExpirationRequired: true }) },
    ],
    [
      'active without a schedule, where an end is demanded',
      '["ExpirationRule"]',
      { ...assign, schedule: null },
      { ...byPaul, policy: withRules({ ...adminMaximum, isExpirationRequired: true }) },
    ],
    [
      'eligible for too long',
      '["ExpirationRule"]',
      { ...makeEligible, ...lasting('P366D') },
      { ...byPaul, policy: withRules({ ...eligibilityMaximum, isExpirationRequired: true }) },
    ],
    [
      'eligible without a ticket, where it is demanded',
      '["TicketingRule"]',
      { ...makeEligible, ticket: null },
      { ...byPaul, policy: withRules({ ...eligibilityDemands, enabledRules: ['Ticketing'] }) },
    ],
  ])('fails its policy: %s with %s', (_what, names, ask, facts) =>
    expect(refused(ask, facts).message).toBe(`The following policy rules failed: ${names}`),
  );

  it('never waits for an approver, nor for an authentication context', () =>
    expect(accepted(assign, { ...byPaul, policy: withRules(approvedByAlice, contextC1) }).approval).toBeNull());
});

describe('a removal', () => {
  const policy = withRules(contextC1, approvedByAlice, {
    ...adminDemands,
    enabledRules: ['Justification', 'MultiFactorAuthentication', 'Ticketing'],
  });

  it.each<[string, Partial<Ask>, Partial<Facts>]>([
    ['of an assignment', remove, { ...signedIn(paul), ...after(assigned('erin')), policy }],
    [
      'of an eligibility',
      { ...remove, kind: 'eligibility' },
      { ...signedIn(paul), ...after(eligible('erin')), policy },
    ],
    ['of an activation by its holder', deactivate, { ...signedIn(), ...after(activated('erin')), policy }],
    ['in a disabled role', remove, { ...byPaul, ...after(assigned('erin')), roleEnabled: false }],
    [
      'from a disabled account',
      remove,
      { ...byPaul, ...after(assigned('erin')), principal: { ...someFacts().principal, enabled: false } },
    ],
  ])('needs no policy: %s', (_what, ask, facts) => expect(answerTo(ask, facts)).toBe('accepted'));

  it.each<[string, Partial<Ask>, Partial<Facts>]>([
    ['an assignment where there is none', remove, { ...byPaul, ...after(eligible('erin')) }],
    ['an activation, which an administrator does not address', remove, { ...byPaul, ...after(activated('erin')) }],
    [
      'an eligibility where there is none',
      { ...remove, kind: 'eligibility' },
      { ...byPaul, ...after(assigned('erin')) },
    ],
    ['an activation where there is an assignment', deactivate, after(assigned('erin'))],
    ['a schedule of another name', { ...remove, targetScheduleId: 's2' }, { ...byPaul, ...after(assigned('erin')) }],
    ['what has ended', remove, { ...byPaul, ...after(assigned('erin', { end: now })) }],
  ])('is refused when it would end %s', (_what, ask, facts) =>
    expect(answerTo(ask, facts)).toBe('RoleAssignmentDoesNotExist'),
  );

  it('orders the end of the schedule it names, whatever schedule was sent along', () => {
    const ask = { ...remove, targetScheduleId: 's1', ...lasting('PT1M') };
    const { order, content } = accepted(ask, { ...byPaul, ...after(assigned('erin')) });
    expect(order).toMatchObject({ targetScheduleId: 's1', startDateTime: null, durationMs: null, endDateTime: null });
    expect(content.schedule).toBeNull();
  });
});

describe('a caller who may not ask', () => {
  it.each<[string, Partial<Ask>, Partial<Facts>]>([
    ['activating for somebody else', { principalId: 'frank' }, byPaul],
    ['deactivating for somebody else', { ...deactivate, principalId: 'frank' }, {}],
    ['activating as an application', { principalId: 'automation' }, signedIn(automation)],
    ['assigning without the role', assign, {}],
    ['removing without the role', remove, after(assigned('erin'))],
    ['asking about a role that does not exist', assign, { roleExists: false }],
  ])('is refused, with what was tried, when %s', (_what, ask, facts) =>
    expect(refused(ask, facts)).toMatchObject({
      code: 'Authorization_RequestDenied',
      content: {
        principalId: anAsk(ask).principalId,
        action: anAsk(ask).action,
        createdBy: someFacts(facts).caller.actor,
        justification: anAsk(ask).justification,
      },
    }),
  );
});

describe('a request nobody records', () => {
  it.each<[string, string, Partial<Ask>, Partial<Facts>]>([
    [
      'an update without an end',
      'invalid: InvalidRoleAssignmentRequestSchedule',
      { action: 'adminUpdate', schedule: null },
      byPaul,
    ],
    ['activating an eligibility', 'invalid: InvalidRoleAssignmentRequest', { kind: 'eligibility' }, {}],
    [
      'deactivating an eligibility',
      'invalid: InvalidRoleAssignmentRequest',
      { ...deactivate, kind: 'eligibility' },
      {},
    ],
    ['both scopes', 'invalid: InvalidRoleAssignmentRequest', { appScopeId: '/' }, {}],
    ['neither scope', 'invalid: InvalidRoleAssignmentRequest', { directoryScopeId: null }, {}],
    ['an app scope', 'invalid: InvalidScope', { directoryScopeId: null, appScopeId: '/' }, {}],
    ['a scope that is not there', 'invalid: InvalidScope', {}, { scope: { isKnown: false, isAllowed: true } }],
    ['a scope the role is not for', 'invalid: Request_BadRequest', {}, { scope: { isKnown: true, isAllowed: false } }],
    ['an unknown role', 'invalid: RoleNotFound', {}, { roleExists: false }],
    ['an unknown principal', 'invalid: SubjectNotFound', {}, { principal: { ...someFacts().principal, known: false } }],
    ['a schedule of no length', 'invalid: InvalidRoleAssignmentRequestSchedule', lasting('PT0S'), {}],
    ['a schedule under five minutes', 'invalid: ActiveDurationTooShort', lasting('PT4M'), {}],
  ])('is %s: %s', (_what, answer, ask, facts) => expect(answerTo(ask, facts)).toBe(answer));
});

describe('when several things are wrong, the first of these is answered', () => {
  interface Wrong {
    readonly answer: string;
    readonly ask?: Partial<Ask>;
    readonly facts?: Partial<Facts>;
  }

  const withRole = (...events: RoleScheduleEvent[]): Partial<Facts> => after(...events);
  const wrongs: readonly Wrong[] = [
    { answer: 'invalid: InvalidRoleAssignmentRequest', ask: { appScopeId: '/app' } },
    { answer: 'Authorization_RequestDenied', ask: { principalId: 'frank' } },
    { answer: 'invalid: RoleNotFound', facts: { roleExists: false } },
    { answer: 'invalid: SubjectNotFound', facts: { principal: { ...someFacts().principal, known: false } } },
    { answer: 'invalid: InvalidScope', facts: { scope: { isKnown: false, isAllowed: true } } },
    { answer: 'invalid: ActiveDurationTooShort', ask: lasting('PT1M') },
    { answer: 'InvalidRoleAssignmentRequest', facts: { roleEnabled: false } },
    { answer: 'RoleAssignmentDoesNotExist', facts: withRole(activated('erin', { scheduleId: 'a' })) },
    { answer: 'RoleAssignmentExists', facts: withRole(eligible('erin'), activated('erin', { scheduleId: 'a' })) },
    { answer: 'PendingRoleAssignmentRequest', facts: { ...withRole(eligible('erin')), pendingRequestExists: true } },
    {
      answer: 'RoleAssignmentRequestAcrsValidationFailed',
      facts: { ...withRole(eligible('erin')), policy: withRules(contextC1) },
    },
    {
      answer: 'RoleAssignmentRequestPolicyValidationFailed',
      ask: { justification: null },
      facts: withRole(eligible('erin')),
    },
  ];

  it.each(wrongs.map(({ answer }, index) => [index + 1, answer] as const))('%i. %s', (place) => {
    const here = wrongs.slice(place - 1);
    const merged = [...here]
      .reverse()
      .reduce<Pick<Wrong, 'ask' | 'facts'>>(
        (sum, { ask, facts }) => ({ ask: { ...sum.ask, ...ask }, facts: { ...sum.facts, ...facts } }),
        {},
      );
    expect(answerTo(merged.ask ?? {}, merged.facts ?? {})).toBe(here[0]?.answer);
  });
});
