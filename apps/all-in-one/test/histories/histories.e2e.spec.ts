import 'reflect-metadata';
import fc from 'fast-check';
import { anyAction } from './any-action';
import { History } from './history';

/** Every history is another tenant; more of them, and other ones, with OPENPIM_HISTORIES and OPENPIM_HISTORIES_SEED. */
const histories = Number(process.env['OPENPIM_HISTORIES'] ?? 4);
const first = Number(process.env['OPENPIM_HISTORIES_SEED'] ?? 201);
const steps = 180;

/**
 * Random histories of requests, approvals, accounts and passing time: after every step the server has answered as a
 * small model of the rules says, and everybody holds what the model says, no more and no less.
 */
describe(`histories of ${steps} random steps`, () => {
  const counts = new Map<string, number>();

  it.each(Array.from({ length: histories }, (_, n) => first + n))(
    'keep to the model (OPENPIM_HISTORIES_SEED=%d)',
    async (seed) => {
      const [actions = []] = fc.sample(fc.array(anyAction, { minLength: steps, maxLength: steps }), {
        seed,
        numRuns: 1,
      });
      const history = await History.begin();
      try {
        for (const one of actions) await history.step(one);
        await history.expectSound();
      } finally {
        await history.end();
      }
      for (const [what, times] of history.counts) counts.set(what, (counts.get(what) ?? 0) + times);
    },
    60_000,
  );

  // Without these it would have asked about nothing but locked doors.
  it.each([
    ...['adminAssign', 'adminUpdate', 'adminExtend', 'adminRenew', 'adminRemove', 'selfActivate', 'selfDeactivate'],
    ...['selfExtend', 'selfRenew', 'assign', 'unassign', 'dismiss', 'decide', 'approve', 'narrow', 'vet', 'cancel'],
    ...['switch', 'join', 'leave', 'delete', 'limit', 'keep', 'unit', 'desk', 'separate', 'wait'],
  ])('got somewhere with %s', (what) => expect(counts.get(`${what} ok`)).toBeGreaterThan(0));

  it.each([
    'adminAssign RoleAssignmentExists',
    'adminAssign InvalidRoleAssignmentRequestSchedule',
    'adminRemove InvalidRoleAssignmentRequest',
    'selfActivate PendingRoleAssignmentRequest',
    'selfActivate RoleAssignmentRequestPolicyValidationFailed',
    'selfDeactivate ActiveDurationTooShort',
    'selfDeactivate InvalidAuthenticationToken',
    'selfActivate InvalidScope',
    'assign Request_BadRequest',
    'unassign Request_BadRequest',
    'dismiss Request_BadRequest',
    'switch InvalidRoleAssignmentRequest',
    'narrow InvalidRoleAssignmentRequest',
    'keep InvalidPolicy',
    'desk Request_BadRequest',
    'separate 409',
  ])('came to %s', (kind) => expect(counts.get(kind)).toBeGreaterThan(0));

  // Administrators meet the last of them by roles that must be apart.
  it.each(['InvalidScope', 'RoleNotFound', 'SubjectNotFound', 'RoleAssignmentRequestPolicyValidationFailed'])(
    'came to %s in some request',
    (code) =>
      expect([...counts.keys()].filter((kind) => kind.startsWith('admin') && kind.endsWith(code))).not.toEqual([]),
  );
});
