import type { RoleScheduleEvent, ScheduleOrder } from '@pim/contracts';
import { fold } from '@pim/kernel';
import { roleSchedule } from './role-schedule.decide';
import type { OrderFacts } from './schedule-order';
import {
  activated,
  assigned,
  at,
  carryOut,
  eligible,
  given,
  minutes,
  order,
  refused,
  removed,
  role,
  paul,
  texts,
} from './spec/role-schedule';

const assign = order('adminAssign', 'r1');
const makeEligible = order('adminAssign', 'r1', { kind: 'eligibility' });

const refusalOf = (history: RoleScheduleEvent[], asked: ScheduleOrder, facts: Partial<OrderFacts> = {}) => {
  const events = roleSchedule.decide(carryOut(asked, facts), fold(roleSchedule, history));
  expect(events).toHaveLength(1);
  const [event] = events;
  return event?.type === 'ScheduleChangeRefused' ? event.data : null;
};

describe('an administrator assigns', () => {
  it('a role from now on, permanently, when no start and no end are given', () =>
    given().when(carryOut(assign)).then(assigned('r1')));

  it('an eligibility from now on, permanently, when no start and no end are given', () =>
    given().when(carryOut(makeEligible)).then(eligible('r1')));

  it('from now when the asked start has passed, and the duration counts from now', () =>
    given()
      .when(carryOut({ ...assign, startDateTime: at(-500), durationMs: minutes(60) }, { now: at(10) }))
      .then(assigned('r1', { start: at(10), end: at(70), at: at(10) })));

  it('from a future start, and the duration counts from it', () =>
    given()
      .when(carryOut({ ...assign, startDateTime: at(30), durationMs: minutes(60) }))
      .then(assigned('r1', { start: at(30), end: at(90) })));

  it('until a given end', () =>
    given()
      .when(carryOut({ ...makeEligible, endDateTime: at(45) }))
      .then(eligible('r1', { end: at(45) })));

  it('for a year, and across a change to summer time, exact to the millisecond', () =>
    given()
      .when(carryOut({ ...assign, durationMs: 365 * 24 * minutes(60) }))
      .then(assigned('r1', { end: '2027-03-01T12:00:00.000Z' })));

  it('for five minutes, the shortest there is', () =>
    given()
      .when(carryOut({ ...assign, durationMs: minutes(5) }))
      .then(assigned('r1', { end: at(5) })));

  it('not for a millisecond less than five minutes', () => {
    const asked = { ...assign, durationMs: minutes(5) - 1 };
    given()
      .when(carryOut(asked))
      .then(refused(asked, 'ActiveDurationTooShort', texts.short));
  });

  it.each([
    ['an end at the start', { startDateTime: at(10), endDateTime: at(10) }],
    ['an end before the start', { startDateTime: at(10), endDateTime: at(9) }],
    ['an end in the past', { endDateTime: at(-1) }],
    ['a duration of nothing', { durationMs: 0 }],
    ['a duration below zero', { durationMs: -1e300 }],
    ['a duration that is no number', { durationMs: Number.NaN }],
    ['an end after the year 9999', { durationMs: 1e18 }],
  ])('not with %s', (_case, schedule) =>
    expect(refusalOf([], { ...assign, ...schedule })?.code).toBe('InvalidRoleAssignmentRequestSchedule'),
  );

  it('the same state only once', () =>
    given(assigned('r0'), eligible('e0'))
      .when(carryOut(assign))
      .then(refused(assign, 'RoleAssignmentExists', texts.exists)));

  it('an eligibility only once, also while the first is still to come', () =>
    given(eligible('e0', { start: at(100) }))
      .when(carryOut(makeEligible))
      .then(refused(makeEligible, 'RoleAssignmentExists', texts.exists)));

  it('the role to somebody eligible for it, and eligibility to somebody who holds it', () => {
    given(eligible('e0')).when(carryOut(assign)).then(assigned('r1'));
    given(assigned('r0')).when(carryOut(makeEligible)).then(eligible('r1'));
  });

  it('the role to somebody who has it activated: an activation is not a standing assignment', () =>
    given(eligible('e0'), activated('a0', 'e0')).when(carryOut(assign)).then(assigned('r1')));

  it('again once the first has reached its end, although nobody has recorded that yet', () =>
    given(assigned('r0', { end: at(30) }))
      .when(carryOut(assign, { now: at(30) }))
      .then(assigned('r1', { start: at(30), at: at(30) })));

  it('again at once after a removal', () =>
    given(assigned('r0'), removed(assigned('r0'), { reason: 'admin-removed', requestId: 'd0', at: at(10) }))
      .when(carryOut(assign, { now: at(10) }))
      .then(assigned('r1', { start: at(10), at: at(10) })));

  it('the same request once: a repetition is silence even after the schedule is gone', () =>
    given(assigned('r1'), removed(assigned('r1'), { reason: 'admin-removed', requestId: 'd1', at: at(10) }))
      .when(carryOut(assign, { now: at(20) }))
      .thenNothing());

  it('to a group that can hold roles, and to no other group', () => {
    const group = { principalType: 'group' } as const;
    given()
      .when(carryOut(makeEligible, { ...group, isAssignableToRole: true }))
      .then(eligible('r1', group));
    expect(refusalOf([], makeEligible, group)).toMatchObject({
      code: 'InvalidRoleAssignmentRequest',
      message: expect.stringContaining('isAssignableToRole'),
    });
  });

  it('the role itself to a service principal, but never eligibility', () => {
    const application = { principalType: 'servicePrincipal' } as const;
    given().when(carryOut(assign, application)).then(assigned('r1', application));
    expect(refusalOf([], makeEligible, application)).toMatchObject({
      code: 'InvalidRoleAssignmentRequest',
      message: expect.stringContaining('service principal'),
    });
  });

  it('nothing to a principal nobody knows', () =>
    expect(refusalOf([], assign, { isPrincipalKnown: false })?.code).toBe('SubjectNotFound'));

  it('nothing to a disabled account', () =>
    expect(refusalOf([], assign, { principalEnabled: false })).toMatchObject({
      code: 'InvalidRoleAssignmentRequest',
      message: expect.stringContaining('disabled'),
    }));

  it('nothing to a barred principal, even one whose account still looks enabled', () => {
    const barred: RoleScheduleEvent = {
      type: 'PrincipalBarred',
      data: { ...role, principalId: 'erin', by: paul, at: at(0) },
    };
    expect(refusalOf([barred], assign)?.code).toBe('InvalidRoleAssignmentRequest');
    expect(refusalOf([barred], makeEligible)?.code).toBe('InvalidRoleAssignmentRequest');
  });

  it('nothing in a disabled role', () =>
    expect(refusalOf([], assign, { roleEnabled: false })).toMatchObject({
      code: 'InvalidRoleAssignmentRequest',
      message: expect.stringContaining('role'),
    }));
});
