import { Deliveries } from './support/deliveries';
import { expectAdministrators, expectExpiredOnce, expectInEffect } from './support/in-effect';
import type { Recorded } from './support/log';
import { role } from './support/server';

const at = (minute: number): string => `2026-03-02T08:${String(minute).padStart(2, '0')}:00.000Z`;

let position = 0n;
const event = (type: string, data: object, stream = 'roleSchedule-a@/', minute = 0): Recorded => ({
  id: String((position += 1n)),
  stream,
  revision: 0,
  position,
  recordedAt: at(minute),
  type,
  version: 1,
  data,
  metadata: { actor: { id: 'a', kind: 'user' }, authentication: null, correlationId: 'c', causationId: 'c' },
});
const granted = event('AssignmentGranted', { scheduleId: 's', start: at(10), end: at(20) });

/** What judges the fault tests on the stack: does it see what is wrong? */
describe('the witness', () => {
  const look = (from: number, to: number) => [{ sentAt: at(from), receivedAt: at(to), schedules: ['s'] }];
  const judge = (log: readonly Recorded[], from: number, to: number, toldEnded = at(59)) => {
    expectInEffect(log, look(from, to), new Map([['s', toldEnded]]));
  };

  it('agrees with what was in effect at some moment between question and answer', () => {
    judge([granted], 9, 10);
    judge([granted], 19, 25);
    judge([granted], 12, 13, at(12));
  });

  it.each([
    ['granted to nobody', [], 12, 13, at(59)],
    ['not started yet', [granted], 8, 9, at(59)],
    ['past its end', [granted], 20, 21, at(59)],
    ['known to have been taken away', [granted], 13, 14, at(12)],
  ] as const)('sees that something is shown as active that is %s', (_, log, from, to, told) => {
    expect(() => judge(log, from, to, told)).toThrow();
  });

  it('sees a moment without a permanent holder of a protected role', () => {
    const roles = [role.globalAdministrator, role.privilegedRoleAdministrator];
    const inRole = (roleId: string, type: string, scheduleId: string) =>
      event(type, { scheduleId, assignmentType: 'Assigned', end: null }, `roleSchedule-${roleId}@/`);
    const first = roles.map((roleId) => inRole(roleId, 'AssignmentGranted', '1'));
    const [second, gone] = ['AssignmentGranted', 'AssignmentRemoved'].map((type, n) =>
      inRole(role.globalAdministrator, type, n === 0 ? '2' : '1'),
    ) as [Recorded, Recorded];
    expectAdministrators([...first, second, gone]);
    expect(() => expectAdministrators([...first, gone, second])).toThrow();
  });

  it.each([
    ['not at all', []],
    ['twice', [20, 21]],
    ['before its end', [19]],
  ])('sees that something expired %s', (_, minutes) => {
    const expired = minutes.map((minute) => event('AssignmentExpired', { scheduleId: 's', at: at(20) }, 's', minute));
    expect(() => expectExpiredOnce([granted, ...expired], ['s'])).toThrow();
  });

  it('tells how late an end was recorded', () => {
    const expired = event('AssignmentExpired', { scheduleId: 's', at: at(20) }, 's', 21);
    expect(expectExpiredOnce([granted, expired], ['s'])).toBe(60_000);
  });

  it('sees what was not published, was not published again, or came in another order', () => {
    const deliveries = new Deliveries();
    const [first, second] = [0, 1].map((revision) => ({ ...event('Happened', {}), revision })) as [Recorded, Recorded];
    deliveries.note(second);
    expect([deliveries.missing([first, second]), deliveries.outOfOrder()]).toEqual([[first.id], [first.stream]]);
    const orderly = new Deliveries();
    for (const one of [first, second, first]) orderly.note(one);
    expect([orderly.missing([first, second]), orderly.outOfOrder()]).toEqual([[], []]);
    expect(orderly.missing([first, second], 2)).toEqual([second.id]);
  });
});
