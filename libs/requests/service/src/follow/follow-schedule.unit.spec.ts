import { outcomesIn } from './follow-schedule.reaction';

const data = {
  roleDefinitionId: 'role',
  directoryScopeId: '/',
  principalId: 'erin',
  principalType: 'user',
  scheduleId: 'r1',
  at: '2026-03-02T10:00:00.000Z',
} as const;

it.each([
  { type: 'EligibilityExpired', data },
  { type: 'AssignmentExpired', data: { ...data, assignmentType: 'Activated' } },
] as const)('tells the request of a schedule that is over that it had started: $type', (event) =>
  // Otherwise it would say for ever that it starts later, when the clock was not looked at in between.
  expect(outcomesIn(event)).toEqual([['r1', { type: 'RecordStarted', data: { now: data.at } }]]),
);
