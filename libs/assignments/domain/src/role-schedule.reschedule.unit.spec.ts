import type { AssignmentRescheduled, EligibilityRescheduled, RoleScheduleEvent, ScheduleOrder } from '@pim/contracts';
import { activeAt, eligibilityFor } from './role-schedule-answers';
import { roleSchedule } from './role-schedule.decide';
import { fold } from '@pim/kernel';
import {
  activated,
  assigned,
  at,
  carryOut,
  eligible,
  given,
  minutes,
  order,
  paul,
  refused,
  removed,
  role,
  texts,
} from './spec/role-schedule';

const day = 24 * 60;
const days = (count: number): string => at(count * day);
const about = { ...role, principalId: 'erin', principalType: 'user' } as const;

const change = (action: ScheduleOrder['action'], rest: Partial<ScheduleOrder> = {}): ScheduleOrder =>
  order(action, 'new', { kind: 'eligibility', ...rest });

const rescheduled = (rest: Partial<EligibilityRescheduled['data']> = {}): RoleScheduleEvent => ({
  type: 'EligibilityRescheduled',
  data: {
    ...about,
    scheduleId: 'new',
    replaces: 'old',
    change: 'extended',
    start: at(0),
    end: days(60),
    activations: [],
    by: paul,
    at: days(20),
    ...rest,
  },
});

const standing = (rest: Partial<AssignmentRescheduled['data']> = {}): RoleScheduleEvent => ({
  type: 'AssignmentRescheduled',
  data: {
    ...about,
    scheduleId: 'new',
    replaces: 'old',
    change: 'updated',
    start: at(0),
    end: days(60),
    by: paul,
    at: days(20),
    ...rest,
  },
});

const now = days(20);
const until = { endDateTime: days(60) };
const thirty = eligible('old', { end: days(30) });
const invalidSchedule = 'The role assignment schedule is invalid: ';
const invalidRequest = 'The role assignment request is invalid: ';

describe('an extension', () => {
  it('moves the end and keeps the start, under the id of the request', () =>
    given(thirty)
      .when(carryOut(change('adminExtend', until), { now }))
      .then(rescheduled()));

  it('counts a duration from now', () =>
    given(thirty)
      .when(carryOut(change('adminExtend', { durationMs: minutes(40 * day) }), { now }))
      .then(rescheduled()));

  it('may make it permanent', () =>
    given(thirty)
      .when(carryOut(change('adminExtend'), { now }))
      .then(rescheduled({ end: null })));

  it('takes what was activated from it along', () =>
    given(thirty, activated('a', 'old', { start: days(19), at: days(19), end: days(21) }))
      .when(carryOut(change('adminExtend', until), { now }))
      .then(rescheduled({ activations: ['a'] })));

  it.each<[string, Partial<ScheduleOrder>, string, string]>([
    [
      'that ends no later',
      { endDateTime: days(30) },
      'InvalidRoleAssignmentRequestSchedule',
      `${invalidSchedule}an extension ends later than what is extended, which ends ${days(30)}.`,
    ],
    [
      'that leaves a gap',
      { startDateTime: days(31), endDateTime: days(60) },
      'InvalidRoleAssignmentRequestSchedule',
      `${invalidSchedule}an extension starts before the present end, so that there is no gap.`,
    ],
    ['of another schedule', { ...until, targetScheduleId: 'other' }, 'RoleAssignmentDoesNotExist', texts.absent],
    ['of the other kind', { ...until, kind: 'assignment' }, 'RoleAssignmentDoesNotExist', texts.absent],
  ])('%s is refused', (_what, rest, code, message) => {
    const asked = change('adminExtend', rest);
    given(thirty)
      .when(carryOut(asked, { now }))
      .then(refused(asked, code, message, now));
  });

  it('never brings back what has ended, recorded or not', () => {
    const asked = change('adminExtend', until);
    given(thirty)
      .when(carryOut(asked, { now: days(30) }))
      .then(refused(asked, 'RoleAssignmentDoesNotExist', texts.absent, days(30)));
  });

  it('has nothing to extend of what is permanent', () => {
    const asked = change('adminExtend', until);
    const message = `${invalidRequest}it is permanent, so there is nothing to extend.`;
    given(eligible('old'))
      .when(carryOut(asked, { now }))
      .then(refused(asked, 'InvalidRoleAssignmentRequest', message, now));
  });

  it('is not for activations', () => {
    const asked = change('adminExtend', { ...until, kind: 'assignment' });
    given(eligible('e'), activated('old', 'e', { end: days(30) }))
      .when(carryOut(asked, { now }))
      .then(refused(asked, 'RoleAssignmentDoesNotExist', texts.absent, now));
  });

  it('is for oneself from 14 days before the end', () => {
    const asked = change('selfExtend', until);
    given(thirty)
      .when(carryOut(asked, { now: days(16) }))
      .then(rescheduled({ at: days(16) }));
    const early = new Date(Date.parse(days(16)) - 1).toISOString();
    const message = `${invalidRequest}an extension can be asked for from 14 days before the end.`;
    given(thirty)
      .when(carryOut(asked, { now: early }))
      .then(refused(asked, 'InvalidRoleAssignmentRequest', message, early));
  });
});

describe('an update', () => {
  it('gives a standing assignment other times', () =>
    given(assigned('old', { end: days(30) }))
      .when(carryOut(change('adminUpdate', { ...until, kind: 'assignment' }), { now }))
      .then(standing()));

  it('shortens what was activated from an eligibility that now ends first', () =>
    given(thirty, activated('a', 'old', { start: days(19), at: days(19), end: days(22) }))
      .when(carryOut(change('adminUpdate', { endDateTime: days(21) }), { now }))
      .then(rescheduled({ change: 'updated', end: days(21), activations: ['a'] }), {
        type: 'AssignmentShortened',
        data: { ...about, scheduleId: 'a', end: days(21), by: paul, at: now },
      }));

  it('ends what was activated from an eligibility that now starts later', () => {
    const activation = activated('a', 'old', { start: days(19), at: days(19), end: days(22) });
    given(thirty, activation)
      .when(carryOut(change('adminUpdate', { startDateTime: days(21), ...until }), { now }))
      .then(
        removed(activation, { reason: 'eligibility-ended', requestId: null, at: now }),
        rescheduled({ change: 'updated', start: days(21) }),
      );
  });

  it('moves what has not started to begin at once', () =>
    given(eligible('old', { start: days(25), end: days(30) }))
      .when(carryOut(change('adminUpdate', until), { now }))
      .then(rescheduled({ change: 'updated', start: now })));

  it.each<[string, Partial<ScheduleOrder>]>([
    ['an end', { endDateTime: days(60) }],
    ['a later start', { startDateTime: days(21) }],
  ])('does not give the last administrator %s', (_what, rest) => {
    const asked = change('adminUpdate', { kind: 'assignment', ...rest });
    given(assigned('old'))
      .when(carryOut(asked, { now, isProtected: true }))
      .then(refused(asked, 'InvalidRoleAssignmentRequest', texts.last, now));
  });

  it('gives one of two administrators an end', () =>
    given(assigned('old'), assigned('other', { principalId: 'ada' }))
      .when(carryOut(change('adminUpdate', { kind: 'assignment', ...until }), { now, isProtected: true }))
      .then(standing()));
});

describe('a renewal', () => {
  const expired: RoleScheduleEvent = {
    type: 'EligibilityExpired',
    data: { ...about, scheduleId: 'old', at: days(30) },
  };
  const again = eligible('new', { start: days(40), end: days(60), at: days(40) });

  it('grants again what has expired, recorded or not', () => {
    const asked = carryOut(change('adminRenew', until), { now: days(40) });
    given(thirty, expired).when(asked).then(again);
    given(thirty).when(asked).then(again);
  });

  it('is for oneself until 30 days after the end', () => {
    const asked = change('selfRenew', { endDateTime: days(90) });
    given(thirty, expired)
      .when(carryOut(asked, { now: days(60) }))
      .then(eligible('new', { start: days(60), end: days(90), at: days(60) }));
    const late = new Date(Date.parse(days(60)) + 1).toISOString();
    const message = `${invalidRequest}a renewal can be asked for until 30 days after the end. Ask an administrator to assign it.`;
    given(thirty, expired)
      .when(carryOut(asked, { now: late }))
      .then(refused(asked, 'InvalidRoleAssignmentRequest', message, late));
  });

  it.each<[string, RoleScheduleEvent[], Partial<ScheduleOrder>, string, string]>([
    [
      'of what was taken away',
      [thirty, removed(thirty, { reason: 'admin-removed', requestId: 'x', at: days(10) })],
      {},
      'RoleAssignmentDoesNotExist',
      texts.absent,
    ],
    ['of what never was', [], {}, 'RoleAssignmentDoesNotExist', texts.absent],
    [
      'of another schedule',
      [thirty, expired],
      { targetScheduleId: 'other' },
      'RoleAssignmentDoesNotExist',
      texts.absent,
    ],
    [
      'of what is there again',
      [thirty, expired, eligible('third', { at: days(35) })],
      {},
      'RoleAssignmentExists',
      texts.exists,
    ],
  ])('%s is refused', (_what, history, rest, code, message) => {
    const asked = change('adminRenew', { ...until, ...rest });
    given(...history)
      .when(carryOut(asked, { now: days(40) }))
      .then(refused(asked, code, message, days(40)));
  });
});

describe('what was rescheduled', () => {
  const history = [
    thirty,
    activated('a', 'old', { start: days(19), end: days(22) }),
    rescheduled({ activations: ['a'] }),
  ];
  const state = fold(roleSchedule, history);

  it('counts under its new id and end', () => {
    expect(eligibilityFor(state, ['erin'], days(45))?.scheduleId).toBe('new');
    expect(eligibilityFor(state, ['erin'], days(60))).toBeNull();
  });

  it('takes its activations with it when it is removed', () => {
    const events = roleSchedule.decide(carryOut(change('adminRemove', { requestId: 'end' }), { now: days(21) }), state);
    expect(events.map(({ type }) => type)).toEqual(['EligibilityRemoved', 'AssignmentRemoved']);
    expect(activeAt(fold(roleSchedule, [...history, ...events]), days(21))).toEqual([]);
  });
});

describe('a reminder', () => {
  const remind = (daysLeft: 14 | 1, when: string) =>
    ({ type: 'RemindOfEnd', data: { scheduleId: 'old', daysLeft, now: when } }) as const;
  const due = (daysLeft: 14 | 1, when: string): RoleScheduleEvent => ({
    type: 'ExpiryReminderDue',
    data: { ...about, scheduleId: 'old', kind: 'eligibility', daysLeft, end: days(30), at: when },
  });

  it('is due 14 days and one day before the end, each once, dated when it was due', () => {
    given(thirty)
      .when(remind(14, days(17)))
      .then(due(14, days(16)));
    given(thirty, due(14, days(16)))
      .when(remind(1, days(29)))
      .then(due(1, days(29)));
  });

  it.each<[string, RoleScheduleEvent[], 14 | 1, string]>([
    ['early', [thirty], 14, days(15)],
    ['at the end', [thirty], 1, days(30)],
    ['after one that says less is left', [thirty, due(1, days(29))], 14, days(29)],
    ['of what is permanent', [eligible('old')], 14, days(20)],
    ['of an activation', [activated('old', 'e', { end: days(30) })], 1, days(29)],
    ['of what is not there', [], 1, days(29)],
  ])('%s is silence', (_when, history, daysLeft, when) =>
    given(...history)
      .when(remind(daysLeft, when))
      .thenNothing(),
  );
});
