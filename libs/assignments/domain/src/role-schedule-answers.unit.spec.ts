import type { RoleScheduleEvent } from '@pim/contracts';
import { fold } from '@pim/kernel';
import { activeAt, eligibilityFor, groupsIn, holdsAt, schedulesOf } from './role-schedule-answers';
import { roleSchedule } from './role-schedule.decide';
import { activated, assigned, at, eligible, removed, role } from './spec/role-schedule';

const after = (...events: RoleScheduleEvent[]) => fold(roleSchedule, events);
const group = { principalId: 'helpdesk', principalType: 'group' } as const;

describe('who holds the role', () => {
  const state = after(assigned('s1', { start: at(10), end: at(60) }));

  it.each([
    ['before the start', '2026-03-01T12:09:59.999Z', false],
    ['at the start', at(10), true],
    ['just before the end', '2026-03-01T12:59:59.999Z', true],
    ['at the end, though no expiry is recorded', at(60), false],
  ])('%s', (_when, instant, held) => {
    expect(holdsAt(state, 'erin', instant)).toBe(held);
    expect(activeAt(state, instant).map(({ scheduleId }) => scheduleId)).toEqual(held ? ['s1'] : []);
  });

  it('is not who is only eligible, and not a member for the group', () => {
    const others = after(eligible('e1'), assigned('s1', group));
    expect(holdsAt(others, 'erin', at(1))).toBe(false);
    expect(holdsAt(others, 'helpdesk', at(1))).toBe(true);
  });

  it('is whoever still has one of two assignments', () => {
    const both = after(eligible('e1'), activated('a1', 'e1'), assigned('s1'));
    const ended = removed(assigned('s1'), { reason: 'admin-removed', requestId: 'd1', at: at(10) });
    expect(holdsAt(roleSchedule.evolve(both, ended), 'erin', at(11))).toBe(true);
  });
});

describe('what somebody has', () => {
  it('is all that has not ended on record, of both kinds', () => {
    const state = after(eligible('e1'), assigned('s1', { end: at(1) }), eligible('e2', { principalId: 'frank' }));
    expect(schedulesOf(state, 'erin').map(({ scheduleId }) => scheduleId)).toEqual(['e1', 's1']);
    expect(schedulesOf(state, 'nobody')).toEqual([]);
  });

  it('is an eligibility only while it is in effect', () => {
    const state = after(eligible('e1', { start: at(10), end: at(60) }));
    expect([at(9), at(10), at(60)].map((when) => eligibilityFor(state, ['erin'], when)?.scheduleId)).toEqual([
      undefined,
      'e1',
      undefined,
    ]);
  });
});

describe('the groups that matter', () => {
  it('are those that hold something, until it has ended', () => {
    const state = after(eligible('e1', group), assigned('s1', group), eligible('e2'));
    expect(groupsIn(state)).toEqual(['helpdesk']);
    const expired: RoleScheduleEvent = {
      type: 'EligibilityExpired',
      data: { ...role, ...group, scheduleId: 'e1', at: at(5) },
    };
    const ended = removed(assigned('s1', group), { reason: 'admin-removed', requestId: 'd1', at: at(10) });
    expect(groupsIn(fold({ ...roleSchedule, initial: state }, [expired, ended]))).toEqual([]);
  });
});
