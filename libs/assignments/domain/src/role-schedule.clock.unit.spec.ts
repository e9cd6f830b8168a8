import type { RoleScheduleCommand } from './role-schedule.decide';
import {
  activated,
  assigned,
  at,
  eligible,
  given,
  givenBack,
  order,
  paul,
  refused,
  removed,
  role,
  texts,
} from './spec/role-schedule';

const start = (scheduleId: string, now: string): RoleScheduleCommand => ({
  type: 'StartSchedule',
  data: { scheduleId, now },
});
const canceled = { reason: 'canceled', requestId: 'x' } as const;
const expire = (scheduleId: string, now: string): RoleScheduleCommand => ({
  type: 'ExpireSchedule',
  data: { scheduleId, now },
});
const cancel = (scheduleId: string, now: string): RoleScheduleCommand => ({
  type: 'CancelScheduled',
  data: { requestId: scheduleId, scheduleId, isProtected: true, by: paul, now },
});
const about = { ...role, principalId: 'erin' };
const group = { principalId: 'helpdesk', principalType: 'group' } as const;
const window = { start: at(10), end: at(60) };

describe('a scheduled start', () => {
  it.each([
    ['EligibilityStarted' as const, eligible('x', window)],
    ['AssignmentStarted' as const, assigned('x', window)],
  ])('is recorded once as %s, dated when it was due', (type, granted) => {
    const started = { type, data: { ...about, scheduleId: 'x', at: at(10) } };
    given(granted)
      .when(start('x', at(13)))
      .then(started);
  });

  it('is not recorded early', () =>
    given(assigned('x', window))
      .when(start('x', at(9)))
      .thenNothing());

  it('is not recorded from the agreed end on', () =>
    given(assigned('x', window))
      .when(start('x', at(60)))
      .thenNothing());

  it('is not recorded for what started when it was granted', () =>
    given(assigned('x'))
      .when(start('x', at(1)))
      .thenNothing());

  it('is not recorded for what has ended or never was', () => {
    const gone = removed(assigned('x', window), { ...canceled, at: at(1) });
    given(assigned('x', window), gone)
      .when(start('x', at(11)))
      .thenNothing();
    given()
      .when(start('x', at(11)))
      .thenNothing();
  });
});

describe('an agreed end', () => {
  const expired = { ...about, scheduleId: 'x', principalType: 'user', at: at(60) } as const;

  it('is recorded once, dated when it was due', () => {
    given(eligible('x', window))
      .when(expire('x', at(60)))
      .then({ type: 'EligibilityExpired', data: expired });
    given(assigned('x', window))
      .when(expire('x', at(99)))
      .then({ type: 'AssignmentExpired', data: { ...expired, assignmentType: 'Assigned' } });
  });

  it('is recorded even if the start never was, and the start is not made up for', () =>
    given(activated('x', 'e1', window))
      .when(expire('x', at(99)))
      .then({ type: 'AssignmentExpired', data: { ...expired, assignmentType: 'Activated' } }));

  it('is recorded with what kind of principal it was', () => {
    given(eligible('x', { ...group, ...window }))
      .when(expire('x', at(60)))
      .then({ type: 'EligibilityExpired', data: { ...expired, ...group } });
    given(assigned('x', { ...window, principalType: 'servicePrincipal' }))
      .when(expire('x', at(60)))
      .then({
        type: 'AssignmentExpired',
        data: { ...expired, principalType: 'servicePrincipal', assignmentType: 'Assigned' },
      });
  });

  it('is not recorded a millisecond early', () =>
    given(assigned('x', window)).when(expire('x', '2026-03-01T12:59:59.999Z')).thenNothing());

  it('never comes for what is permanent', () =>
    given(assigned('x')).when(expire('x', '9999-12-31T23:59:59.999Z')).thenNothing());

  it('is not recorded for what ended before', () =>
    given(
      eligible('e1'),
      activated('x', 'e1', window),
      givenBack(activated('x', 'e1', window), { requestId: 'd1', by: paul, at: at(30) }),
    )
      .when(expire('x', at(99)))
      .thenNothing());

  it('of an eligibility leaves each activation its own', () =>
    given(eligible('x', window), activated('a1', 'x', window))
      .when(expire('x', at(60)))
      .then({ type: 'EligibilityExpired', data: expired }));
});

describe('a canceled request', () => {
  it('takes its schedule with it before the start', () =>
    given(assigned('x', window))
      .when(cancel('x', at(9)))
      .then(removed(assigned('x', window), { ...canceled, at: at(9) })));

  it('for an eligibility takes the activations planned from it along', () =>
    given(eligible('x', window), activated('a1', 'x', { start: at(20) }))
      .when(cancel('x', at(9)))
      .then(
        removed(eligible('x', window), { ...canceled, at: at(9) }),
        removed(activated('a1', 'x', { start: at(20) }), { ...canceled, reason: 'eligibility-ended', at: at(9) }),
      ));

  it.each([
    ['assignment', assigned('x', window)],
    ['activation', activated('x', 'e1', window)],
    ['eligibility', eligible('x', window)],
  ])('takes its %s with it also when the start came in the meantime, at once', (_kind, granted) =>
    given(granted)
      .when(cancel('x', at(10)))
      .then(removed(granted, { ...canceled, at: at(10) })),
  );

  it('that has become the last administrator stays, and is told so once', () =>
    given(assigned('x', { start: at(10) }))
      .when(cancel('x', at(10)))
      .then(refused(order('adminAssign', 'x'), 'InvalidRoleAssignmentRequest', texts.last, at(10))));

  it('is silence when the schedule is over, or never was', () => {
    given(assigned('x', window))
      .when(cancel('x', at(60)))
      .thenNothing();
    given()
      .when(cancel('x', at(9)))
      .thenNothing();
  });
});
