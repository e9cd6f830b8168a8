import type { RoleScheduleEvent, ScheduleAction } from '@pim/contracts';
import { fold, Rejection } from '@pim/kernel';
import type { Ask, Facts } from './ask';
import { judge } from './judge';
import { judgeExtension } from './judge-policy';
import { roleView } from './role-view';
import { eligible } from './spec/role';
import { eligibilityDemands, eligibilityMaximum, withRules } from './spec/role-policy';
import { anAsk, erin, now, order, paul, someFacts } from './spec/some';

const end = '2026-03-11T12:00:00.000Z';
const after = (...events: RoleScheduleEvent[]): Pick<Facts, 'role'> => ({ role: fold(roleView, events) });
const held = after(eligible('erin', { end }));
const ask = (action: ScheduleAction, rest: Partial<Ask> = {}): Ask =>
  anAsk({
    kind: 'eligibility',
    action,
    schedule: { startDateTime: null, expiration: { type: 'afterDuration', endDateTime: null, duration: 'P30D' } },
    ...rest,
  });
const by = (actor: typeof erin, amr = ['mfa']): Pick<Facts, 'caller'> => ({
  caller: { actor, authentication: { amr, acr: null, acrs: [], authTime: null }, isAdministrator: actor === paul },
});

const answer = (asked: Ask, facts: Partial<Facts>): string => {
  try {
    const verdict = judge(asked, someFacts(facts));
    if (verdict.verdict === 'refused') return `${verdict.code}: ${verdict.message}`;
    return verdict.awaitsAdministrator ? 'waits' : 'accepted';
  } catch (error) {
    if (error instanceof Rejection) return error.code;
    throw error;
  }
};
const failed = (...rules: string[]): string =>
  `RoleAssignmentRequestPolicyValidationFailed: The following policy rules failed: ${JSON.stringify(rules)}`;

describe('what was given may be asked to last longer', () => {
  it.each<[ScheduleAction, Partial<Facts>]>([
    ['selfExtend', { ...held, ...by(erin) }],
    ['selfRenew', by(erin)],
  ])('by its holder, for an administrator to decide (%s)', (action, facts) =>
    expect(answer(ask(action), facts)).toBe('waits'),
  );

  it.each<[ScheduleAction, Partial<Facts>]>([
    ['adminExtend', { ...held, ...by(paul) }],
    ['adminUpdate', { ...held, ...by(paul) }],
    ['adminRenew', by(paul)],
  ])('by an administrator, at once (%s)', (action, facts) => expect(answer(ask(action), facts)).toBe('accepted'));

  it.each<[string, Ask, Partial<Facts>, string]>([
    ['somebody else', ask('selfExtend'), { ...held, ...by(paul) }, 'Authorization_RequestDenied'],
    ['no administrator', ask('adminExtend'), { ...held, ...by(erin) }, 'Authorization_RequestDenied'],
    ['whoever has nothing', ask('selfExtend'), by(erin), 'RoleAssignmentDoesNotExist'],
    ['whoever has not lost it', ask('selfRenew'), { ...held, ...by(erin) }, 'RoleAssignmentExists'],
    [
      'whoever has asked already',
      ask('selfExtend'),
      { ...held, ...by(erin), pendingRequestExists: true },
      'PendingRoleAssignmentRequest',
    ],
    ['no reason', ask('selfExtend', { justification: ' ' }), { ...held, ...by(erin) }, failed('JustificationRule')],
    [
      'no reason of an administrator',
      ask('adminRenew', { justification: null }),
      by(paul),
      failed('JustificationRule'),
    ],
    ['no end', ask('selfExtend', { schedule: null }), { ...held, ...by(erin) }, 'InvalidRoleAssignmentRequestSchedule'],
    [
      'longer than the settings allow',
      ask('selfExtend'),
      {
        ...held,
        ...by(erin),
        policy: withRules({ ...eligibilityMaximum, isExpirationRequired: true, maximumDuration: 'P29D' }),
      },
      failed('ExpirationRule'),
    ],
  ])('not by or with %s', (_what, asked, facts, code) => expect(answer(asked, facts).startsWith(code)).toBe(true));

  it('leaves the second factor asked of administrators to the one who decides', () => {
    const policy = withRules({ ...eligibilityDemands, enabledRules: ['MultiFactorAuthentication', 'Ticketing'] });
    expect(answer(ask('selfExtend', { ticket: null }), { ...held, ...by(erin, ['pwd']), policy })).toBe('waits');
    expect(answer(ask('adminExtend', { ticket: null }), { ...held, ...by(paul, ['pwd']), policy })).toBe(
      failed('MfaRule', 'TicketingRule'),
    );
  });
});

describe('whoever agrees to an extension', () => {
  const extension = {
    ...order,
    kind: 'eligibility',
    action: 'selfExtend',
    durationMs: null,
    endDateTime: end,
  } as const;
  const authentication = { amr: ['mfa'], acr: null, acrs: [], authTime: null };
  const demanding = withRules(
    { ...eligibilityDemands, enabledRules: ['MultiFactorAuthentication'] },
    { ...eligibilityMaximum, isExpirationRequired: true, maximumDuration: 'P10D' },
  );

  it('meets the settings of the role as they are now', () =>
    expect(judgeExtension(extension, { policy: demanding, authentication, now })).toBeNull());

  it.each<[string, object, string[]]>([
    ['no second factor', { authentication: { ...authentication, amr: ['pwd'] } }, ['MfaRule']],
    ['too long', { order: { ...extension, endDateTime: '2026-03-11T12:00:00.001Z' } }, ['ExpirationRule']],
    ['for ever', { order: { ...extension, endDateTime: null }, authentication: null }, ['ExpirationRule', 'MfaRule']],
  ])('is refused: %s', (_what, rest, rules) => {
    const facts = { policy: demanding, authentication, now, order: extension, ...rest };
    const refusal = judgeExtension(facts.order, facts);
    expect(refusal && `${refusal.code}: ${refusal.message}`).toBe(failed(...rules));
  });
});
