import { fold, Rejection } from '@pim/kernel';
import type { Ask, Facts, Verdict } from './ask';
import { judge } from './judge';
import type { Policy } from './policy';
import { roleView } from './role-view';
import { eligible } from './spec/role';
import { approvedByAlice, demands, withRules } from './spec/role-policy';
import { anAsk, erin, now, paul, someFacts } from './spec/some';

const role = fold(roleView, [eligible('erin')]);
const extension = { endpoint: 'https://tickets.contoso.example/openpim', timeoutSeconds: 5, isEnabled: true };
const policy = (changed: Partial<Policy> = {}): Policy => ({
  ...withRules(approvedByAlice),
  customExtension: extension,
  emergencyAccess: { people: ['erin'] },
  ...changed,
});

const verdictOn = (ask: Partial<Ask> = {}, facts: Partial<Facts> = {}): Verdict =>
  judge(anAsk(ask), someFacts({ role, policy: policy(), ...facts }));
const answerTo = (ask: Partial<Ask>, facts: Partial<Facts> = {}): string => {
  const verdict = verdictOn(ask, facts);
  return verdict.verdict === 'refused' ? verdict.message : 'accepted';
};

describe('an activation of a role with a custom extension', () => {
  it('is to be asked for there, with how it was signed in, before its approvers', () =>
    expect(verdictOn()).toMatchObject({
      verdict: 'accepted',
      customExtension: { endpoint: extension.endpoint, timeoutSeconds: 5, authentication: { amr: ['pwd', 'mfa'] } },
      approval: { stages: [{ approvers: [{ id: 'alice' }] }] },
      isEmergency: false,
    }));

  it.each<[string, Partial<Ask>, Partial<Policy>]>([
    ['while it is off', {}, { customExtension: { ...extension, isEnabled: false } }],
    ['while there is none', {}, { customExtension: null }],
    ['for what administrators assign', { action: 'adminAssign', principalId: 'frank' }, {}],
  ])('is not asked for %s', (_when, ask, changed) => {
    const caller =
      ask.action === 'adminAssign' ? { caller: { ...someFacts().caller, actor: paul, isAdministrator: true } } : {};
    expect(verdictOn(ask, { policy: policy(changed), ...caller })).toMatchObject({ customExtension: null });
  });
});

describe('emergency access', () => {
  const urgent = { isEmergency: true };

  it('waits for nobody', () =>
    expect(verdictOn(urgent)).toMatchObject({
      verdict: 'accepted',
      approval: null,
      customExtension: null,
      isEmergency: true,
    }));

  it.each<[string, Partial<Policy>]>([
    ['named', { emergencyAccess: { people: ['frank'] } }],
    ['named where nobody is', { emergencyAccess: null }],
  ])('is for nobody who is not %s', (_what, changed) =>
    expect(verdictOn(urgent, { policy: policy(changed) })).toMatchObject({
      verdict: 'refused',
      code: 'Authorization_RequestDenied',
      content: { createdBy: erin },
    }),
  );

  it('needs a reason, whatever the role asks for otherwise', () => {
    const settings = policy({ rules: withRules({ ...demands, enabledRules: [] }).rules });
    expect(answerTo({ ...urgent, justification: ' ' }, { policy: settings })).toContain('JustificationRule');
  });

  it('needs the second factor the role asks for', () => {
    const caller = { ...someFacts().caller, authentication: { amr: ['pwd'], acr: null, acrs: [], authTime: null } };
    expect(answerTo(urgent, { caller })).toContain('MfaRule');
  });

  it('needs an eligibility', () => expect(answerTo(urgent, { role: roleView.initial })).toContain('does not exist'));

  const from = (seconds: number) => {
    const startDateTime = new Date(Date.parse(now) + seconds * 1_000).toISOString();
    return { ...urgent, schedule: { ...anAsk().schedule!, startDateTime } };
  };

  it('starts at once, also for a client whose clock is a little ahead', () => {
    for (const seconds of [-3_600, 0, 30])
      expect(verdictOn(from(seconds))).toMatchObject({
        verdict: 'accepted',
        order: { startDateTime: null, durationMs: 3_600_000 },
        content: { schedule: from(seconds).schedule },
      });
  });

  it('does not start later, which is on record only of somebody who may not ask for it at all', () => {
    expect(() => verdictOn(from(31))).toThrow(
      new Rejection(
        'invalid',
        'InvalidRoleAssignmentRequestSchedule',
        'The schedule of the request is invalid: emergency access starts at once. Leave startDateTime out, or leave isEmergency out to activate later.',
      ),
    );
    expect(verdictOn(from(31), { policy: policy({ emergencyAccess: null }) }).verdict).toBe('refused');
    expect(verdictOn({ ...from(31), isEmergency: false }).verdict).toBe('accepted');
  });

  it('is for activations alone', () =>
    expect(() => verdictOn({ ...urgent, action: 'selfDeactivate' })).toThrow(Rejection));
});
