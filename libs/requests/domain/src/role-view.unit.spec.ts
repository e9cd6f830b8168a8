import type { RoleScheduleEvent } from '@pim/contracts';
import { fold } from '@pim/kernel';
import { heldBy, isActiveOrScheduled, isEligible, isEverEligible, roleView } from './role-view';
import { activated, assigned, eligible } from './spec/role';
import { now, paul } from './spec/some';

const before = '2026-03-01T11:00:00.000Z';
const later = '2026-03-01T13:00:00.000Z';
const about = { roleDefinitionId: 'helpdesk', directoryScopeId: '/', principalId: 'erin', by: paul, at: now };
const after = (...events: RoleScheduleEvent[]) => fold(roleView, events);
const expired = { ...about, scheduleId: 's1', principalType: 'user' } as const;
const removed = { ...expired, end: later, reason: 'admin-removed', requestId: null } as const;

describe('who is eligible', () => {
  it('is who was made so, from the start until just before the end', () => {
    const view = after(eligible('erin', { start: now, end: later }));
    expect(isEligible(view, ['erin'], now)).toBe(true);
    expect(isEligible(view, ['erin'], before)).toBe(false);
    expect(isEligible(view, ['erin'], later)).toBe(false);
    expect(isEligible(view, ['frank'], now)).toBe(false);
  });

  it('is who is in an eligible group', () =>
    expect(isEligible(after(eligible('staff')), ['erin', 'staff'], now)).toBe(true));

  it.each<[string, RoleScheduleEvent]>([
    ['removed', { type: 'EligibilityRemoved', data: removed }],
    ['expired', { type: 'EligibilityExpired', data: expired }],
  ])('is nobody whose eligibility was %s', (_how, event) =>
    expect(isEligible(after(eligible('erin'), event), ['erin'], now)).toBe(false),
  );

  it('is still who keeps another eligibility', () => {
    const view = after(eligible('erin'), eligible('erin', { scheduleId: 's2' }), {
      type: 'EligibilityRemoved',
      data: removed,
    });
    expect(heldBy(view, 'eligible', 'erin', now).map(({ scheduleId }) => scheduleId)).toEqual(['s2']);
  });
});

describe('who is or will be eligible', () => {
  it('is who has an eligibility that has not ended, started or not, or is in a group that has', () => {
    expect(isEverEligible(after(eligible('erin', { start: later })), ['erin'], now)).toBe(true);
    expect(isEverEligible(after(eligible('staff')), ['erin', 'staff'], now)).toBe(true);
    expect(isEverEligible(after(eligible('erin', { end: now })), ['erin'], now)).toBe(false);
    expect(isEverEligible(after(assigned('erin')), ['erin'], now)).toBe(false);
  });
});

describe('who is active', () => {
  it('is who was assigned the role', () =>
    expect(isActiveOrScheduled(after(assigned('erin')), 'erin', now)).toBe(true));

  it('is who activated the role, even for later', () =>
    expect(isActiveOrScheduled(after(activated('erin', { start: later })), 'erin', now)).toBe(true));

  it('is nobody yet whose assignment starts later', () =>
    expect(isActiveOrScheduled(after(assigned('erin', { start: later })), 'erin', now)).toBe(false));

  it('is nobody whose end has passed, before anybody recorded it', () =>
    expect(isActiveOrScheduled(after(activated('erin', { end: now })), 'erin', now)).toBe(false));

  it.each<[string, RoleScheduleEvent]>([
    ['removed', { type: 'AssignmentRemoved', data: { ...removed, assignmentType: 'Activated' } }],
    [
      'given back',
      { type: 'AssignmentDeactivated', data: { ...about, scheduleId: 's1', end: later, requestId: 'r2' } },
    ],
    ['expired', { type: 'AssignmentExpired', data: { ...expired, assignmentType: 'Activated' } }],
  ])('is nobody whose activation was %s', (_how, event) =>
    expect(isActiveOrScheduled(after(activated('erin'), event), 'erin', now)).toBe(false),
  );

  it('does not change with what says nothing about it', () => {
    const view = after(assigned('erin'));
    expect(roleView.evolve(view, { type: 'AssignmentStarted', data: { ...about, scheduleId: 's1' } })).toBe(view);
    expect(roleView.evolve(view, { type: 'PrincipalBarred', data: about })).toBe(view);
  });
});
