import type { RoleScheduleEvent } from '@pim/contracts';
import type { RoleScheduleCommand } from './role-schedule.decide';
import {
  activated,
  assigned,
  at,
  carryOut,
  eligible,
  given,
  order,
  paul,
  refused,
  removed,
  role,
} from './spec/role-schedule';

const now = at(1);
const bar: RoleScheduleCommand = {
  type: 'BarPrincipal',
  data: { ...role, isProtected: true, principalId: 'erin', by: paul, now },
};
const lift: RoleScheduleCommand = { type: 'LiftBar', data: { ...role, principalId: 'erin', by: paul, now } };
const end = (scheduleIds: readonly string[], isProtected = false): RoleScheduleCommand => ({
  type: 'EndHoldings',
  data: { principalId: 'erin', scheduleIds, isProtected, reason: 'principal-disabled', by: paul, now },
});
const endAll = end(['e1', 'a1', 's1', 's2']);
const barred: RoleScheduleEvent = {
  type: 'PrincipalBarred',
  data: { ...role, principalId: 'erin', by: paul, at: now },
};
const lifted: RoleScheduleEvent = {
  type: 'PrincipalBarLifted',
  data: { ...role, principalId: 'erin', by: paul, at: now },
};
const ended = { reason: 'principal-disabled', requestId: null, at: now } as const;
const live = [eligible('e1', { end: at(600) }), activated('a1', 'e1'), assigned('s1', { start: at(90) })];
const holdings = [...live, assigned('s2', { end: now })];
const endings = live.map((granted) => removed(granted, ended));

describe('barring somebody', () => {
  it('takes nothing from them, and is silence the second time', () => {
    given().when(bar).then(barred);
    given(...holdings)
      .when(bar)
      .then(barred);
  });

  it('keeps later grants out', () => {
    const asked = order('adminAssign', 'r1');
    given(barred)
      .when(carryOut(asked, { now, isProtected: true }))
      .then(
        refused(
          asked,
          'InvalidRoleAssignmentRequest',
          'The role assignment request is invalid: the account of the principal is disabled. Enable it first.',
          now,
        ),
      );
  });

  it('is undone by lifting it', () =>
    given(...holdings, barred)
      .when(lift)
      .then(lifted));

  it('that never was or is lifted already is not lifted', () => {
    given().when(lift).thenNothing();
    given(barred, lifted).when(lift).thenNothing();
  });
});

describe('ending what a disabled account holds', () => {
  it('ends what they have and will have at once, each once, and leaves what is over to its expiry', () =>
    given(...holdings)
      .when(endAll)
      .then(...endings));

  it('ends what others activated from what they had', () =>
    given(eligible('e1'), activated('a1', 'e1', { principalId: 'grace' }))
      .when(endAll)
      .then(
        removed(eligible('e1'), ended),
        removed(activated('a1', 'e1', { principalId: 'grace' }), { ...ended, reason: 'eligibility-ended' }),
      ));

  it('ends only what is named: what came later stays', () =>
    given(...holdings)
      .when(end(['s1']))
      .then(removed(assigned('s1', { start: at(90) }), ended)));

  it('is silence when there is nothing of theirs', () => {
    given(assigned('s1', { principalId: 'frank' }))
      .when(endAll)
      .thenNothing();
    given()
      .when(end(['s1'], true))
      .thenNothing();
  });

  it('needs the bar in a protected role, so that nobody passes by the rule', () => {
    const all = end(['e1', 'a1', 's1'], true);
    given(...holdings)
      .when(all)
      .thenRejected('Conflict');
    given(...holdings, barred, lifted)
      .when(all)
      .thenRejected('Conflict');
    given(...holdings, barred)
      .when(all)
      .then(...endings);
  });
});
