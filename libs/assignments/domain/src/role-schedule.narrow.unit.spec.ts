import { fold } from '@pim/kernel';
import type { ActivationNarrowed, RoleScheduleEvent, ScheduleOrder } from '@pim/contracts';
import { groupBehind } from './role-schedule-answers';
import { roleSchedule } from './role-schedule.decide';
import { widerGround, type WiderGround } from './role-schedule.narrow.decide';
import { narrowedFrom } from './narrowings';
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
  paul,
  refused,
  removed,
  role,
  texts,
} from './spec/role-schedule';

const unit = '/administrativeUnits/vienna';
const now = at(10);
const erin = { id: 'erin', kind: 'user' } as const;
const wider = order('selfActivate', 'a1', { durationMs: minutes(60), actor: erin });
const narrower: ScheduleOrder = { ...wider, directoryScopeId: unit };
const inUnit = { directoryScopeId: unit };

const judged = (asked: ScheduleOrder, facts: Partial<OrderFacts> = {}) => carryOut(asked, { now, ...facts }).data;
const narrow = (facts: Partial<OrderFacts> = {}) => ({
  type: 'NarrowActivation' as const,
  data: { ...judged(wider, facts), narrowedTo: unit },
});
const narrowed = (rest: Partial<ActivationNarrowed['data']> = {}): ActivationNarrowed => ({
  type: 'ActivationNarrowed',
  data: {
    ...role,
    principalId: 'erin',
    scheduleId: 'a1',
    narrowedTo: unit,
    eligibilityId: 'e1',
    start: now,
    end: at(70),
    by: erin,
    at: now,
    ...rest,
  },
});

/** What the wider guard says of the activation after this. */
const groundAfter = (...events: RoleScheduleEvent[]): WiderGround | null =>
  widerGround(fold(roleSchedule, events), 'a1');
const ground = groundAfter(eligible('e1'), narrowed());

const grant = (on: WiderGround | null = ground, facts: Partial<OrderFacts> = {}) => ({
  type: 'GrantNarrowed' as const,
  data: { ...judged(narrower, facts), ground: on },
});
const granted = (rest: Parameters<typeof activated>[2] = {}) => {
  const eligibleAt = { directoryScopeId: '/', principalId: 'erin' };
  return activated('a1', 'e1', { ...inUnit, eligibleAt, start: now, end: at(70), at: now, by: erin, ...rest });
};
const settle = (on: WiderGround | null, when = at(20)) => ({
  type: 'SettleNarrowed' as const,
  data: { scheduleId: 'a1', ground: on, by: paul, now: when },
});

const rescheduled = (start: string, end: string | null, activations: string[] = ['a1']): RoleScheduleEvent => ({
  type: 'EligibilityRescheduled',
  data: { ...eligible('e2', { start, end }).data, replaces: 'e1', change: 'updated', activations, at: at(20) },
});

describe('the guard of the wider scope', () => {
  it('says from which eligibility, and until when', () => {
    given(eligible('e1')).when(narrow()).then(narrowed());
    given(eligible('e1', { end: at(40) }))
      .when(narrow())
      .then(narrowed({ end: at(40) }));
  });
  it.each([
    ['nobody is eligible', [], {}, 'RoleAssignmentDoesNotExist', texts.absent],
    ['the role is held there', [eligible('e1'), assigned('s1')], {}, 'RoleAssignmentExists', texts.exists],
  ] as const)('refuses it where %s', (_, history, facts, code, message) =>
    given(...history)
      .when(narrow(facts))
      .then(refused(wider, code, message, now)),
  );
  it('is told once, and what it has does not stand in the way there', () => {
    given(eligible('e1'), narrowed()).when(narrow()).thenNothing();
    given(eligible('e1'), narrowed())
      .when(carryOut({ ...wider, requestId: 'a2' }, { now }))
      .then(activated('a2', 'e1', { start: now, end: at(70), at: now, by: erin }));
  });
  it('moves it with an eligibility that goes on under another id', () => {
    const update = order('adminUpdate', 'e2', { kind: 'eligibility', endDateTime: at(40) });
    given(eligible('e1'), narrowed())
      .when(carryOut(update, { now: at(20) }))
      .then(rescheduled(at(0), at(40)));
    const state = fold(roleSchedule, [eligible('e1'), narrowed(), rescheduled(at(0), at(40))]);
    expect(narrowedFrom(state.narrowings, 'e2', at(20))).toMatchObject([{ scheduleId: 'a1', narrowedTo: unit }]);
    expect(narrowedFrom(state.narrowings, 'e1', at(20))).toEqual([]);
    expect(widerGround(state, 'a1')?.eligibility).toMatchObject({ scheduleId: 'e2', end: at(40) });
  });
  it('keeps it when the eligibility is gone, until it would be over', () => {
    const gone = removed(eligible('e1'), { reason: 'admin-removed', requestId: 'r1', at: at(20) });
    const { narrowings } = fold(roleSchedule, [eligible('e1'), narrowed(), gone]);
    expect(narrowedFrom(narrowings, 'e1', at(69))).toHaveLength(1);
    expect(narrowedFrom(narrowings, 'e1', at(70))).toEqual([]);
    expect(groundAfter(eligible('e1'), narrowed(), gone)).toBeNull();
  });
});

describe('the guard of the narrower scope', () => {
  it('grants what the wider one agreed to, and says where the eligibility is', () => {
    given().when(grant()).then(granted());
    given(granted()).when(grant()).thenNothing();
  });
  it('grants it for no longer than was agreed to, however late it is', () =>
    given()
      .when(grant(ground, { now: at(30) }))
      .then(granted({ start: at(30), at: at(30) })));
  it('knows whose eligibility it is', () => {
    const ofGroup = groundAfter(eligible('e1', { principalId: 'helpdesk', principalType: 'group' }), narrowed());
    const event = granted({ memberType: 'Group', eligibleAt: { directoryScopeId: '/', principalId: 'helpdesk' } });
    given().when(grant(ofGroup)).then(event);
    expect(groupBehind(fold(roleSchedule, [event]), 'a1')).toBe('helpdesk');
    expect(groupBehind(fold(roleSchedule, [granted()]), 'a1')).toBeNull();
  });
  const no = (code: string, message: string, when = now) => {
    const { type, data } = refused(narrower, code, message, when);
    return { type, data: { ...data, ...inUnit } } as RoleScheduleEvent;
  };
  it('refuses it when the eligibility is gone, not there at that time, or nearly over', () => {
    given().when(grant(null)).then(no('RoleAssignmentDoesNotExist', texts.absent));
    given()
      .when(grant(groundAfter(eligible('e1', { start: at(11) }), narrowed())))
      .then(no('RoleAssignmentDoesNotExist', texts.absent));
    given()
      .when(grant(groundAfter(eligible('e1', { end: at(14) }), narrowed())))
      .then(no('ActiveDurationTooShort', texts.short));
    given()
      .when(grant(ground, { now: at(66) }))
      .then(no('ActiveDurationTooShort', texts.short, at(66)));
  });
  it('refuses it to who is active there', () =>
    given(assigned('s1', inUnit)).when(grant()).then(no('RoleAssignmentExists', texts.exists)));
  it('ends it with the eligibility, and when that begins later', () => {
    const ending = { reason: 'eligibility-ended', requestId: null, at: at(20) } as const;
    given(granted()).when(settle(null)).then(removed(granted(), ending));
    given(granted())
      .when(settle(groundAfter(eligible('e1'), narrowed(), rescheduled(at(30), null))))
      .then(removed(granted(), ending));
  });
  it('shortens it to the eligibility’s end, once', () => {
    const earlier = groundAfter(eligible('e1'), narrowed(), rescheduled(at(0), at(40)));
    const { scheduleId, principalId, principalType } = granted().data;
    const shortened: RoleScheduleEvent = {
      type: 'AssignmentShortened',
      data: { ...role, ...inUnit, scheduleId, principalId, principalType, end: at(40), by: paul, at: at(20) },
    };
    given(granted()).when(settle(earlier)).then(shortened);
    given(granted(), shortened).when(settle(earlier)).thenNothing();
  });
  it('leaves it alone while it is covered, and what is over or never was', () => {
    given(granted()).when(settle(ground)).thenNothing();
    given(granted())
      .when(settle(null, at(70)))
      .thenNothing();
    given().when(settle(null)).thenNothing();
  });
});
