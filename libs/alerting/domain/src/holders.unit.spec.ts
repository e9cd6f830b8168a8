import type { Actor, AssignmentGranted, RoleScheduleEvent } from '@pim/contracts';
import { fold } from '@pim/kernel';
import { holders, permanentHolders } from './holders';

const now = '2026-03-02T08:00:00.000Z';
const later = '2026-03-03T08:00:00.000Z';
const by: Actor = { id: 'ada', kind: 'user' };
const about = { roleDefinitionId: 'role', directoryScopeId: '/', principalId: 'bob' };

const granted = (change: Partial<AssignmentGranted['data']> = {}): RoleScheduleEvent => ({
  type: 'AssignmentGranted',
  data: {
    ...about,
    scheduleId: 's1',
    principalType: 'user',
    assignmentType: 'Assigned',
    origin: 'request',
    eligibilityId: null,
    eligibleAt: null,
    memberType: 'Direct',
    start: now,
    end: null,
    by,
    at: now,
    ...change,
  },
});
const what = { principalType: 'user', assignmentType: 'Assigned' } as const;
const ended: readonly RoleScheduleEvent[] = [
  {
    type: 'AssignmentRemoved',
    data: { ...about, ...what, scheduleId: 's1', end: null, reason: 'admin-removed', requestId: 'r2', by, at: now },
  },
  { type: 'AssignmentDeactivated', data: { ...about, scheduleId: 's1', end: later, requestId: 'r2', by, at: now } },
  { type: 'AssignmentExpired', data: { ...about, ...what, scheduleId: 's1', at: now } },
];
const after = (...events: RoleScheduleEvent[]) => permanentHolders(fold(holders, events), now);

describe('a permanent holder', () => {
  it('is a user with a standing assignment that has no end', () => expect(after(granted())).toEqual(['bob']));
  it.each([
    ['has the role until a date', { end: later }],
    ['activated it', { assignmentType: 'Activated', end: later }],
    ['is a group', { principalType: 'group' }],
    ['is a service principal', { principalType: 'servicePrincipal' }],
  ] as const)('is nobody who %s', (_, change) => expect(after(granted(change))).toEqual([]));
  it('is nobody whose start is still to come, and is one from then on', () => {
    const state = fold(holders, [granted({ start: later })]);
    expect(permanentHolders(state, now)).toEqual([]);
    expect(permanentHolders(state, later)).toEqual(['bob']);
  });
  it.each(ended)('is one no more after $type', (end) => expect(after(granted(), end)).toEqual([]));
  it('stays one while another assignment of theirs remains, and counts once', () => {
    const second = granted({ scheduleId: 's2' });
    expect(after(granted(), second)).toEqual(['bob']);
    for (const end of ended) expect(after(granted(), second, end)).toEqual(['bob']);
  });
  it('is listed in the order of ids', () =>
    expect(after(granted({ principalId: 'eve' }), granted({ scheduleId: 's2' }))).toEqual(['bob', 'eve']));
  it('is not made or unmade by an eligibility, a refusal or a bar', () => {
    const eligible: RoleScheduleEvent = {
      type: 'EligibilityGranted',
      data: {
        ...about,
        principalId: 'eve',
        scheduleId: 's3',
        principalType: 'user',
        start: now,
        end: null,
        by,
        at: now,
      },
    };
    const gone: RoleScheduleEvent = {
      type: 'EligibilityExpired',
      data: { ...about, scheduleId: 's1', principalType: 'user', at: now },
    };
    const barred: RoleScheduleEvent = { type: 'PrincipalBarred', data: { ...about, by, at: now } };
    expect(after(granted(), eligible, gone, barred)).toEqual(['bob']);
  });
});
