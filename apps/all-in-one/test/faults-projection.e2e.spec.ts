import 'reflect-metadata';
import { ReadModelsBehind, type Ports } from '@pim/platform';
import { expectActiveAsLogged, expectRebuildToEqual } from './support/log';
import { quietErrors } from './support/quiet';
import { randomFrom, seedOfThisRun } from './support/random';
import {
  activation,
  assignment,
  assignmentInstances,
  assignmentRequests,
  id,
  role,
  TestServer,
} from './support/server';

jest.setTimeout(120_000);

/**
 * Fault matrix row 9: writing read models fails in the middle of a batch, some documents of it stored and some not.
 * A projector that crashes with its process is covered by the crash points: read models live in memory here.
 */
describe('a projection that fails in the middle of a batch', () => {
  let console: ReturnType<typeof quietErrors>;
  let random: () => number;
  beforeEach(() => {
    random = randomFrom(seedOfThisRun());
    console = quietErrors();
  });
  afterEach(() => console.restore());

  /** Fails now and then, before or after it wrote; `left` times in all. */
  const failing = (chance: number, left: number) => {
    const trouble = async (): Promise<void> => {
      if (left === 0 || random() > chance) return;
      left -= 1;
      throw new Error('no room for documents');
    };
    return putting((put) => async (...a) => {
      await trouble();
      await put(...a);
      await trouble();
    });
  };

  const failures = (): number => console.lines.filter((line) => line.includes('no room for documents')).length;

  const live = async (server: TestServer): Promise<void> => {
    for (const who of ['erin', 'frank'] as const) {
      const body = activation(id[who], role.userAdministrator);
      expect((await server.call(who, 'POST', assignmentRequests, body)).status).toBe(201);
    }
    await server.later(6);
    const body = assignment('selfDeactivate', id.frank, role.userAdministrator);
    expect((await server.call('frank', 'POST', assignmentRequests, body)).status).toBe(201);
    const { body: held } = await server.call(
      'sam',
      'GET',
      `${assignmentInstances}?$filter=assignmentType eq 'Activated'`,
    );
    expect(held.value?.map((instance) => instance['principalId'])).toEqual([id.erin]);
    await server.later(60);
  };

  it('skips nothing while it follows the log event by event', async () => {
    const server = await TestServer.start(undefined, undefined, failing(0.2, 25));
    try {
      await live(server);
      expect(failures()).toBeGreaterThanOrEqual(5);
      await expectActiveAsLogged(server);
      await expectRebuildToEqual(server);
      expect((await server.raw('GET', '/health/ready')).body).toEqual({ status: 'ready', parked: 0 });
    } finally {
      await server.stop();
    }
  });

  it('skips nothing while it catches up in pages at a start', async () => {
    const first = await TestServer.start();
    await live(first);
    const server = await first.restart(undefined, failing(0.03, 12));
    try {
      expect(failures()).toBeGreaterThanOrEqual(1);
      await expectActiveAsLogged(server);
      await expectRebuildToEqual(server);
    } finally {
      await server.stop();
    }
  });

  it('is not ready, and answers nothing old, while it stands still', async () => {
    let isBroken = false;
    const refuse = () => Promise.reject(new Error('no room for documents'));
    const broken = putting(
      (put) =>
        (...a) =>
          isBroken ? refuse() : put(...a),
    );
    const server = await TestServer.start(undefined, undefined, broken);
    try {
      isBroken = true;
      const asked = await server.call('erin', 'POST', assignmentRequests, activation(id.erin, role.userAdministrator));
      expect(asked.status).toBe(503);
      expect((await server.call('sam', 'GET', assignmentInstances)).status).toBe(503);
      const ready = await server.raw('GET', '/health/ready');
      expect([ready.status, JSON.stringify(ready.body)]).toEqual([503, expect.stringContaining('read models')]);
      isBroken = false;
      await server.running.runtime.settled();
      expect((await server.raw('GET', '/health/ready')).status).toBe(200);
      // What was asked for is in the log: the answer was "unavailable", not "no", and it was carried out.
      await expectActiveAsLogged(server);
      await expectRebuildToEqual(server);
    } finally {
      await server.stop();
    }
  });
});

/** Read models that are taken away, and come back as they were. */
class Away {
  isNow = false;

  readonly through = ({ documents, ...others }: Ports): Ports => ({
    ...others,
    documents: {
      isLasting: documents.isLasting,
      get: async (...a) => this.or(() => documents.get(...a)),
      put: async (...a) => this.or(() => documents.put(...a)),
      find: async (...a) => this.or(() => documents.find(...a)),
      count: async (...a) => this.or(() => documents.count(...a)),
      drop: async (...a) => this.or(() => documents.drop(...a)),
      index: async (...a) => this.or(() => documents.index(...a)),
    },
  });

  private or<T>(work: () => Promise<T>): Promise<T> {
    return this.isNow ? Promise.reject(new ReadModelsBehind()) : work();
  }
}

describe('the store of read models away (row 10)', () => {
  it('leaves what is asked accepted and decided by the log, and lists nothing meanwhile', async () => {
    const away = new Away();
    const server = await TestServer.start(undefined, undefined, away.through);
    try {
      away.isNow = true;
      const ask = (who: 'erin' | 'frank', roleId: string) =>
        server.call(who, 'POST', assignmentRequests, activation(id[who], roleId));
      const asked = await ask('erin', role.userAdministrator);
      expect([asked.status, asked.body['status']]).toEqual([201, 'Provisioned']);
      // Decided by the log: what she has, nobody gets twice, and nobody gets what they are not eligible for.
      expect((await ask('erin', role.userAdministrator)).body.error?.code).toBe('RoleAssignmentExists');
      expect((await ask('frank', role.globalAdministrator)).body.error?.code).toBe('RoleAssignmentDoesNotExist');
      expect((await ask('frank', role.securityAdministrator)).body['status']).toBe('PendingApproval');
      expect((await server.call('sam', 'GET', assignmentInstances)).status).toBe(503);
      away.isNow = false;
      await server.running.runtime.settled();
      const shown = await server.call('sam', 'GET', `${assignmentRequests}/${String(asked.body['id'])}`);
      const { '@odata.context': _, ...sent } = asked.body;
      expect(shown.body).toMatchObject(sent);
      await expectActiveAsLogged(server);
      await expectRebuildToEqual(server);
    } finally {
      await server.stop();
    }
  });
});

type Put = Ports['documents']['put'];

/** Ports with another way to put documents. */
const putting =
  (other: (put: Put) => Put) =>
  ({ documents, ...others }: Ports): Ports => ({
    ...others,
    documents: {
      isLasting: documents.isLasting,
      get: (collection, key) => documents.get(collection, key),
      find: (collection, query) => documents.find(collection, query),
      count: (...a) => documents.count(...a),
      index: (...a) => documents.index(...a),
      drop: (...a) => documents.drop(...a),
      put: other((...a) => documents.put(...a)),
    },
  });
