import 'reflect-metadata';
import { setImmediate } from 'node:timers/promises';
import { sequentialIds } from '@pim/adapters/embedded';
import type { Ports } from '@pim/platform';
import { readBuiltInRoles } from '../src/demo-tenant';
import { submit, uuid, type Wish } from './support/commands';
import { expectActiveAsLogged, expectRebuildToEqual, expectSoundLog, readLog } from './support/log';
import { randomFrom, seedOfThisRun, shuffled } from './support/random';
import { assignmentRequests, id, role, TestServer } from './support/server';

jest.setTimeout(120_000);

/**
 * Fault matrix row 16: every event reaches every consumer ten times, late copies after later events of the same stream,
 * and streams overtake each other. What comes of it is what comes of the same commands without any of that.
 */
describe('delivery that repeats and overtakes', () => {
  it('ends in the same state as delivery that does neither', async () => {
    const seed = seedOfThisRun();
    const quiet = await live(
      (ports) => ({ ...ports, ids: sequentialIds() }),
      () => Promise.resolve(),
    );
    const wild = new WildBus(randomFrom(seed));
    const loud = await live(
      (ports) => ({ ...ports, ids: sequentialIds(), bus: wild.over(ports.bus) }),
      () => wild.calm(),
    );
    expect(wild.deliveries).toBeGreaterThan(9 * quiet.events);
    expect(loud).toEqual(quiet);
  });
});

type Bus = Ports['bus'];

/** Publishes what it is given ten times, in an order of chance across everything that is under way. */
class WildBus {
  deliveries = 0;
  private waiting: (() => Promise<void>)[] = [];
  private running: Promise<void> | null = null;

  constructor(private readonly random: () => number) {}

  over = (bus: Bus): Bus => ({
    consume: (...a) => bus.consume(...a),
    parked: () => bus.parked(),
    replay: (...a) => bus.replay(...a),
    close: () => bus.close(),
    publish: async (event) => {
      await this.later(() => bus.publish(event));
      for (let copy = 2; copy <= 10; copy += 1) this.later(() => bus.publish(event)).catch(() => undefined);
    },
  });

  /** Resolves when no copy is under way any more. */
  async calm(): Promise<void> {
    while (this.running) await this.running;
  }

  private later(deliver: () => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push(() => deliver().then(resolve, reject));
      this.running ??= this.run().finally(() => (this.running = null));
    });
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) {
      // Others that are about to be published come into the same draw.
      for (let turn = 0; turn < 3; turn += 1) await setImmediate();
      const [now, rest] = halves(shuffled(this.waiting, this.random));
      this.waiting = [...rest];
      this.deliveries += now.length;
      await Promise.all(now.map((deliver) => deliver()));
    }
  }
}

const halves = <T>(list: readonly T[]): readonly [readonly T[], readonly T[]] => {
  const middle = Math.ceil(list.length / 2);
  return [list.slice(0, middle), list.slice(middle)];
};

/** Lets everything come to an end, what repeats included. */
const settle = async ({ running, ports }: TestServer, calm: () => Promise<void>): Promise<void> => {
  for (let before = -1n, head = 0n; before !== head; head = await ports.eventStore.head()) {
    before = head;
    await running.runtime.settled();
    await calm();
  }
};

/** Two days with waves of requests at once, approvals, endings and an account switched off; what is left of them. */
const live = async (faulty: (ports: Ports) => Ports, calm: () => Promise<void>) => {
  const server = await TestServer.start(undefined, undefined, faulty);
  try {
    for (const wave of [assign, activate, approve, end, disable]) {
      await wave(server);
      await settle(server, calm);
      await server.later(10);
      await settle(server, calm);
    }
    await server.later(40);
    await settle(server, calm);
    await server.later(2 * 24 * 60);
    await settle(server, calm);
    await expectActiveAsLogged(server);
    await expectRebuildToEqual(server);
    expect(await server.ports.bus.parked()).toEqual([]);
    return await stateOf(server);
  } finally {
    await server.stop();
  }
};

const someRoles = readBuiltInRoles()
  .map(({ templateId }) => templateId)
  .filter((templateId) => !Object.values<string>(role).includes(templateId))
  .slice(0, 8);

const people = [id.grace, id.heidi, id.bob];

/** Many at once, several of them under one role's guard; one changes what the alert about administrators watches. */
const assign = async (server: TestServer): Promise<void> => {
  const eligible = someRoles.flatMap((roleDefinitionId) =>
    people.map((principalId) => ({ roleDefinitionId, principalId })),
  );
  const wishes: Wish[] = [
    ...eligible.map((pair, n) => ({ ...pair, kind: 'eligibility' as const, lasts: 'P1D', requestId: uuid(n) })),
    { principalId: id.bob, roleDefinitionId: role.globalAdministrator, requestId: uuid(100) },
  ].map((wish) => ({ ...wish, action: 'adminAssign' }));
  await Promise.all(wishes.map((wish) => submit(server, wish)));
};

const own = (principalId: string) => ({
  action: 'selfActivate' as const,
  principalId,
  by: user(principalId),
  lasts: 'PT1H',
});
const user = (principalId: string) => ({ id: principalId, kind: 'user' as const });

/** Some at once, some for later, some that wait for an approver. */
const activate = async (server: TestServer): Promise<void> => {
  const wishes: Wish[] = [
    ...someRoles.map((roleDefinitionId, n) => ({ ...own(id.grace), roleDefinitionId, requestId: uuid(200 + n) })),
    ...someRoles.map((roleDefinitionId, n) => ({
      ...own(id.heidi),
      roleDefinitionId,
      requestId: uuid(300 + n),
      startsIn: 30,
    })),
    { ...own(id.erin), roleDefinitionId: role.userAdministrator, requestId: uuid(400) },
    { ...own(id.erin), roleDefinitionId: role.securityAdministrator, requestId: uuid(401) },
    { ...own(id.frank), roleDefinitionId: role.securityAdministrator, requestId: uuid(402) },
    { ...own(id.frank), roleDefinitionId: role.userAdministrator, requestId: uuid(403) },
  ];
  await Promise.all(wishes.map((wish) => submit(server, wish)));
};

const approve = async (server: TestServer): Promise<void> => {
  const answers = [
    [uuid(401), 'Approve'],
    [uuid(402), 'Deny'],
  ] as const;
  for (const [requestId, reviewResult] of answers) {
    const step = `/beta/roleManagement/directory/roleAssignmentApprovals/${requestId}/steps/${requestId}`;
    const { status } = await server.call('alice', 'PATCH', step, { reviewResult, justification: 'Looked at it' });
    expect(status).toBe(204);
  }
};

/** Given back, taken away together with what was made from it, and withdrawn before its start. */
const end = async (server: TestServer): Promise<void> => {
  const [first = '', second = '', third = ''] = someRoles;
  const removal = { action: 'adminRemove' as const, kind: 'eligibility' as const };
  const wishes: Wish[] = [
    { ...own(id.grace), action: 'selfDeactivate', roleDefinitionId: first, requestId: uuid(500) },
    { ...removal, principalId: id.grace, roleDefinitionId: second, requestId: uuid(501) },
    { ...removal, principalId: id.heidi, roleDefinitionId: second, requestId: uuid(502) },
    {
      action: 'adminRemove',
      principalId: id.bob,
      roleDefinitionId: role.globalAdministrator,
      requestId: uuid(503),
    },
  ];
  await Promise.all(wishes.map((wish) => submit(server, wish)));
  const withdrawn = someRoles.indexOf(third);
  const { status } = await server.call('heidi', 'POST', `${assignmentRequests}/${uuid(300 + withdrawn)}/cancel`);
  expect(status).toBe(204);
};

const disable = async (server: TestServer): Promise<void> => {
  expect((await server.call('paul', 'PATCH', `users/${id.frank}`, { accountEnabled: false })).status).toBe(204);
};

/**
 * Streams and read models, without what only says when and in which order across people something was recorded.
 * RequestApproved is left out: it is not recorded when the grant it led to was heard of first.
 */
const stateOf = async ({ ports, running }: TestServer) => {
  const log = await readLog(ports.eventStore);
  expectSoundLog(log);
  const facts = log.filter(({ type }) => type !== 'RequestApproved');
  const collections = await Promise.all(
    running.runtime.collections.map(async (collection) => {
      const documents = await running.documents.find(collection, { filter: {} });
      return documents.map((document) => `${collection} ${plain(document)}`).sort();
    }),
  );
  return {
    events: facts.length,
    streams: facts.map(({ stream, type, data }) => `${stream} ${type} ${JSON.stringify(data)}`).sort(),
    collections,
  };
};

const plain = (document: object): string => {
  const { sequence: _, correlationId: __, ...rest } = document as Record<string, unknown>;
  const isAudit = 'activityDisplayName' in rest;
  return JSON.stringify({ ...rest, ...(isAudit ? { id: null, additionalDetails: withoutPlace(rest) } : {}) });
};

const withoutPlace = ({ additionalDetails }: Record<string, unknown>): unknown =>
  (additionalDetails as { readonly key: string }[]).filter(({ key }) => key !== 'EventRevision');
