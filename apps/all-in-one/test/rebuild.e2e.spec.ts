import 'reflect-metadata';
import { embeddedDocuments } from '@pim/adapters/embedded';
import fc from 'fast-check';
import {
  activation,
  assignment,
  assignmentRequests,
  eligibilityRequests,
  id,
  role,
  TestServer,
} from './support/server';

const people = ['erin', 'frank', 'grace', 'ada', 'paul'] as const;
const roles = [
  role.userAdministrator,
  role.securityAdministrator,
  role.globalAdministrator,
  role.privilegedRoleAdministrator,
];

type Step =
  | {
      readonly kind: 'admin';
      readonly action: string;
      readonly set: string;
      readonly who: keyof typeof id;
      readonly role: string;
    }
  | { readonly kind: 'self'; readonly action: string; readonly who: (typeof people)[number]; readonly role: string }
  | { readonly kind: 'decide'; readonly result: string }
  | { readonly kind: 'account'; readonly who: (typeof people)[number]; readonly enabled: boolean }
  | { readonly kind: 'wait'; readonly minutes: number };

const who = fc.constantFrom(...people);
const aRole = fc.constantFrom(...roles);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('admin' as const),
      action: fc.constantFrom('adminAssign', 'adminRemove'),
      set: fc.constantFrom(assignmentRequests, eligibilityRequests),
      who,
      role: aRole,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('self' as const),
      action: fc.constantFrom('selfActivate', 'selfDeactivate'),
      who,
      role: aRole,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('decide' as const), result: fc.constantFrom('Approve', 'Deny') }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('account' as const), who, enabled: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.constantFrom(1, 6, 61, 60 * 25) }),
  },
);

/** Random lives of a tenant over the real loops, with time moving. */
describe('whatever happens', () => {
  const play = async (server: TestServer, one: Step): Promise<void> => {
    switch (one.kind) {
      case 'admin':
        await server.call(await server.appToken(), 'POST', one.set, assignment(one.action, id[one.who], one.role));
        return;
      case 'self':
        await server.call(one.who, 'POST', assignmentRequests, {
          ...activation(id[one.who], one.role),
          action: one.action,
        });
        return;
      case 'decide':
        return decide(server, one.result);
      case 'account':
        await server.call(await server.token('paul'), 'PATCH', `users/${id[one.who]}`, { accountEnabled: one.enabled });
        return;
      case 'wait':
        await server.later(one.minutes);
    }
  };

  const administrators = async (server: TestServer, roleId: string): Promise<number> => {
    const path = `roleManagement/directory/roleAssignments?$filter=roleDefinitionId eq '${roleId}'`;
    return (await server.call('sam', 'GET', path)).body.value?.length ?? 0;
  };

  it('the tenant keeps its administrators, the trail is complete, and a rebuild equals the live read models', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), async (steps) => {
        const server = await TestServer.start();
        try {
          for (const one of steps) {
            await play(server, one);
            expect(await administrators(server, role.globalAdministrator)).toBeGreaterThanOrEqual(1);
            expect(await administrators(server, role.privilegedRoleAdministrator)).toBeGreaterThanOrEqual(1);
          }
          await server.running.runtime.settled();
          await expectSettled(server);
          await expectRebuildToEqual(server);
          expect(await server.ports.bus.parked()).toEqual([]);
        } finally {
          await server.stop();
        }
      }),
      { numRuns: 8, endOnFailure: true },
    );
  }, 120_000);
});

/** Alice answers the first request in her queue, if there is one. */
const decide = async (server: TestServer, reviewResult: string): Promise<void> => {
  const approvals = '/beta/roleManagement/directory/roleAssignmentApprovals';
  const queue = await server.call('alice', 'GET', `${approvals}/filterByCurrentUser(on='approver')`);
  const first = queue.body.value?.[0]?.['id'];
  if (!first) return;
  const step = `${approvals}/${String(first)}/steps/${String(first)}`;
  await server.call('alice', 'PATCH', step, { reviewResult, justification: 'Random' });
};

/** Nothing is left half done: every request has ended, or waits for a person or for the clock. */
const expectSettled = async (server: TestServer): Promise<void> => {
  const { body } = await server.call(
    'sam',
    'GET',
    `${assignmentRequests}?$top=999&$filter=status eq 'PendingProvisioning'`,
  );
  expect(body.value).toEqual([]);
};

const expectRebuildToEqual = async (server: TestServer): Promise<void> => {
  const rebuilt = embeddedDocuments();
  await server.running.runtime.rebuildInto(rebuilt);
  for (const collection of server.running.runtime.collections)
    expect([collection, await rebuilt.find(collection, { filter: {} })]).toEqual([
      collection,
      await server.running.documents.find(collection, { filter: {} }),
    ]);
};
