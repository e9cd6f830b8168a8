import type { Clash } from './clash';
import type { EndSeparated } from './role-schedule.separation.decide';
import {
  assigned,
  activated,
  at,
  carryOut,
  eligible,
  given,
  minutes,
  order,
  paul,
  refused,
  removed,
} from './spec/role-schedule';

const has = (start: number, end: number | null): Clash => ({
  principalId: 'erin',
  gains: 'Auditor (a)',
  has: 'Operator (b)',
  start: at(start),
  end: end === null ? null : at(end),
});

const code = 'RoleAssignmentRequestPolicyValidationFailed';
const message = (until = ''): string =>
  'The following policy rules failed: ["SeparationOfDutyRule"]. Nobody may have Auditor (a) together with Operator (b), ' +
  `which erin has or is eligible for${until}. End that first.`;

describe('a role is not given beside one that must be apart from it', () => {
  it.each([
    order('adminAssign', 'r1'),
    order('adminAssign', 'r1', { kind: 'eligibility' }),
    order('adminAssign', 'r1', { startDateTime: at(60), durationMs: minutes(60) }),
  ])('by $action of an $kind', (asked) =>
    given()
      .when(carryOut(asked, { clashes: [has(0, null)] }))
      .then(refused(asked, code, message())),
  );

  it('for as long as that lasts', () => {
    const during = order('adminAssign', 'r1', { startDateTime: at(59) });
    given()
      .when(carryOut(during, { clashes: [has(0, 60)] }))
      .then(refused(during, code, message(` until ${at(60)}`)));
    const before = order('adminAssign', 'r1', { endDateTime: at(30) });
    const times = { start: at(0), end: at(30) };
    given()
      .when(carryOut(before, { clashes: [has(30, 60)] }))
      .then(assigned('r1', times));
  });

  it('by an activation, and by bringing back what has ended', () => {
    const activation = order('selfActivate', 'r1', { durationMs: minutes(60) });
    given(eligible('e1'))
      .when(carryOut(activation, { clashes: [has(30, 90)] }))
      .then(refused(activation, code, message(` until ${at(90)}`)));
    const renewal = order('adminRenew', 'r1', { durationMs: minutes(60) });
    given(assigned('a1', { start: at(-60), end: at(0) }))
      .when(carryOut(renewal, { clashes: [has(0, null)] }))
      .then(refused(renewal, code, message()));
  });

  it.each(['adminUpdate', 'adminExtend', 'selfExtend'] as const)('by other times: %s', (action) => {
    const asked = order(action, 'r1', { endDateTime: at(120) });
    given(assigned('a1', { start: at(-60), end: at(60) }))
      .when(carryOut(asked, { clashes: [has(119, null)] }))
      .then(refused(asked, code, message()));
  });

  it('but an end nearer than that is no harm', () => {
    const data = { ...assigned('a1').data, start: at(-60), end: at(60) };
    const asked = order('adminUpdate', 'r1', { endDateTime: at(30) });
    const rescheduled = { scheduleId: 'r1', replaces: 'a1', change: 'updated', start: at(-60), end: at(30) } as const;
    const { roleDefinitionId, directoryScopeId, principalId, principalType, by } = data;
    const about = { roleDefinitionId, directoryScopeId, principalId, principalType, by };
    given({ type: 'AssignmentGranted', data })
      .when(carryOut(asked, { clashes: [has(30, null)] }))
      .then({ type: 'AssignmentRescheduled', data: { ...about, ...rescheduled, at: at(0) } });
  });
});

describe('what was given in the same moment as the other role', () => {
  const end = (scheduleId: string, clashes: readonly Clash[], isProtected = false): EndSeparated => ({
    type: 'EndSeparated',
    data: { scheduleId, clashes, isProtected, by: paul, now: at(1) },
  });
  const why = { reason: 'separation-of-duty', requestId: null, at: at(1) } as const;

  it('ends, with what was activated from it', () => {
    const [eligibility, activation] = [eligible('e1'), activated('a1', 'e1')];
    given(eligibility, activation)
      .when(end('e1', [has(0, null)]))
      .then(removed(eligibility, why), removed(activation, { ...why, reason: 'eligibility-ended' }));
  });

  it('stays where the two do not meet, and ends once', () => {
    given(assigned('a1', { end: at(60) }))
      .when(end('a1', [has(60, null)]))
      .thenNothing();
    given(assigned('a1', { end: at(1) }))
      .when(end('a1', [has(0, null)]))
      .thenNothing();
    given()
      .when(end('a1', [has(0, null)]))
      .thenNothing();
  });

  it('stays with the last administrator, and whoever asked is told', () => {
    given(assigned('a1'))
      .when(end('a1', [has(0, null)], true))
      .thenRejected('Conflict');
    given(assigned('a1'), assigned('a2', { principalId: 'frank' }))
      .when(end('a1', [has(0, null)], true))
      .then(removed(assigned('a1'), why));
  });
});
