import type { RoleScheduleEvent } from '@pim/contracts';
import type { RoleScheduleCommand } from './role-schedule.decide';
import { activated, assigned, at, eligible, given, paul, removed, role } from './spec/role-schedule';

const now = at(1);
const bar: RoleScheduleCommand = {
  type: 'BarPrincipal',
  data: { ...role, principalId: 'erin', isProtected: true, by: paul, now },
};
const lift: RoleScheduleCommand = { type: 'LiftBar', data: { ...role, principalId: 'erin', by: paul, now } };
const endAll: RoleScheduleCommand = { type: 'EndHoldings', data: { principalId: 'erin', by: paul, now } };
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
  it('who holds nothing keeps later grants out', () => given().when(bar).then(barred));

  it('ends what they have and will have at once, each once, and leaves what is over to its expiry', () =>
    given(...holdings)
      .when(bar)
      .then(barred, ...endings));

  it('ends what others activated from what they had', () =>
    given(eligible('e1'), activated('a1', 'e1', { principalId: 'grace' }))
      .when(bar)
      .then(
        barred,
        removed(eligible('e1'), ended),
        removed(activated('a1', 'e1', { principalId: 'grace' }), { ...ended, reason: 'eligibility-ended' }),
      ));

  it('changes nothing for others', () =>
    given(assigned('s1', { principalId: 'frank' }))
      .when(bar)
      .then(barred));

  it('who is barred already is silence', () => given(barred).when(bar).thenNothing());

  it('is undone by lifting it, which brings nothing back', () =>
    given(...holdings, barred, ...endings)
      .when(lift)
      .then(lifted));

  it('that never was or is lifted already is not lifted', () => {
    given().when(lift).thenNothing();
    given(barred, lifted).when(lift).thenNothing();
  });
});

describe('ending what a disabled account holds', () => {
  it('ends all of it at once, without a bar', () =>
    given(...holdings)
      .when(endAll)
      .then(...endings));

  it('is silence when there is nothing', () =>
    given(assigned('s1', { principalId: 'frank' }))
      .when(endAll)
      .thenNothing());
});
