import 'reflect-metadata';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { embeddedDocuments } from '@pim/adapters/embedded';
import { openMongo, type OpenMongo } from '@pim/adapters/mongodb';
import { databaseName, describeWithServer, startServer, type SpecServer } from '@pim/adapters/mongodb/spec';
import type { Ports } from '@pim/platform';
import { MongoClient } from 'mongodb';
import { quietErrors } from './support/quiet';
import { activation, assignmentRequests, id, role, TestServer, type Answer } from './support/server';

const readModels = '/openpim/v1/readModels';
const mine = `${assignmentRequests}?$filter=principalId eq '${id.erin}'&$orderby=createdDateTime`;

type Asking = (ask: () => Promise<Answer>) => Promise<Answer>;

const once: Asking = (ask) => ask();

/** As clients do that are told to try again. */
const patiently: Asking = async (ask) => {
  for (;;) {
    const answer = await ask();
    if (answer.status !== 503) return answer;
  }
};

/** Sent again under the same id it is the same call. */
const submit = async (server: TestServer, body: object, asking: Asking): Promise<unknown> => {
  const headers = {
    authorization: `Bearer ${await server.token('erin')}`,
    'content-type': 'application/json',
    'client-request-id': randomUUID(),
  };
  const ask = () => server.raw('POST', assignmentRequests, { headers, body: JSON.stringify(body) });
  const answer = await asking(ask);
  expect(answer.status).toBe(201);
  return answer.body['id'];
};

/** Activates and lets go, so that it can be done again; answers the id of the request. */
const activate = async (server: TestServer, asking = once): Promise<unknown> => {
  const body = activation(id.erin, role.userAdministrator);
  const requestId = await submit(server, body, asking);
  await server.later(6);
  await submit(server, { ...body, action: 'selfDeactivate' }, asking);
  return requestId;
};

const shown = async (server: TestServer, asking = once): Promise<readonly unknown[]> => {
  const { status, body } = await asking(() => server.call('sam', 'GET', mine));
  expect(status).toBe(200);
  return (body.value ?? []).map((request) => request['id']);
};

const rebuilt = async (server: TestServer, name: string, generation: number): Promise<void> => {
  expect((await server.call('paul', 'POST', `${readModels}/${name}/rebuild`)).status).toBe(202);
  for (;;) {
    const { body } = await server.call('sam', 'GET', `${readModels}/${name}`);
    expect(body['hasFailed']).toBe(false);
    if (body['generation'] === generation) return;
  }
};

/** A rebuild that readers do not notice, asked for over HTTP. */
describe('read models', () => {
  let server: TestServer;
  beforeAll(async () => (server = await TestServer.start()));
  afterAll(() => server.stop());

  it('are listed for those who may read, and are rebuilt by administrators', async () => {
    const { body } = await server.call('sam', 'GET', readModels);
    expect(body.value).toContainEqual({ id: 'platform.calls', generation: 1, rebuild: null, hasFailed: false });
    const rebuild = `${readModels}/platform.calls/rebuild`;
    for (const [who, method, path, status] of [
      ['erin', 'GET', readModels, 403],
      ['sam', 'POST', rebuild, 403],
      ['sam', 'GET', `${readModels}/platform.nothing`, 404],
      ['paul', 'POST', `${readModels}/platform.nothing/rebuild`, 404],
      ['paul', 'POST', rebuild, 202],
    ] as const)
      expect([who, method, path, (await server.call(who, method, path)).status]).toEqual([who, method, path, status]);
  });

  it('show at any moment of a rebuild everything that was recorded before', async () => {
    const before = await shown(server);
    const [made, building] = [new Array<unknown>(), { isOver: false }];
    const rebuilding = (async () => {
      for (const generation of [2, 3, 4]) await rebuilt(server, 'requests.requests', generation);
    })().finally(() => (building.isOver = true));
    while (!building.isOver || made.length < 3) {
      made.push(await activate(server));
      expect(await shown(server)).toEqual(expect.arrayContaining([...before, ...made]));
    }
    await rebuilding;
    expect(await shown(server)).toHaveLength(before.length + 2 * made.length);
  });
});

/** What an operator types. */
describe('npx pim rebuild', () => {
  let server: TestServer;
  beforeAll(async () => (server = await TestServer.start()));
  afterAll(() => server.stop());

  const pim = async (who: string, ...args: string[]): Promise<string> => {
    const env = { ...process.env, OPENPIM_URL: server.url, OPENPIM_TOKEN: await server.token(who) };
    const run = promisify(execFile)(process.execPath, [join(__dirname, '../../../tools/pim.mjs'), 'rebuild', ...args], {
      env,
    });
    return run.then(({ stdout }) => stdout).catch(({ stderr }: { readonly stderr: string }) => stderr);
  };

  it('lists, rebuilds, and says what is in the way', async () => {
    expect((await pim('paul')).trim().split('\n')).toEqual(server.running.runtime.collections);
    expect(await pim('paul', 'audit.names')).toContain('audit.names: done, generation 2 answers');
    expect(await pim('paul', 'audit.nothing')).toContain('404 There is no such read model');
    expect(await pim('sam', 'audit.names')).toContain('403 Insufficient privileges');
  });
});

/** The whole application over read models that outlive it. */
describeWithServer('OpenPIM with its read models in MongoDB', () => {
  const database = databaseName();
  let behind: SpecServer;
  let mongo: OpenMongo;
  let server: TestServer;
  const onMongo = (ports: TestServer['ports']): Ports => ({ ...ports, documents: mongo.documents });
  let errors: ReturnType<typeof quietErrors>;
  beforeAll(async () => {
    errors = quietErrors();
    behind = await startServer();
    mongo = await openMongo({ url: behind.url, database, deadlineMs: 2_000 });
    server = await TestServer.start(undefined, undefined, onMongo);
  }, 120_000);
  afterAll(async () => {
    await server.stop();
    await mongo.dropDatabase();
    await mongo.close();
    await behind.stop();
    errors.restore();
  });

  const expectAsLogged = async (): Promise<void> => {
    const { runtime } = server.running;
    const folded = embeddedDocuments();
    await runtime.rebuildInto(folded);
    await runtime.caughtUp();
    for (const collection of runtime.collections)
      expect([collection, await server.running.documents.find(collection, { filter: {} })]).toEqual([
        collection,
        await folded.find(collection, { filter: {} }),
      ]);
  };

  it('answers what was recorded, holds what the log says, and goes on after a restart', async () => {
    const made = [await activate(server, patiently)];
    expect(await shown(server, patiently)).toEqual(expect.arrayContaining(made));
    await expectAsLogged();
    server = await server.restart(undefined, onMongo);
    made.push(await activate(server, patiently));
    expect(await shown(server, patiently)).toEqual(expect.arrayContaining(made));
    await expectAsLogged();
  });

  /** The fields of each index. */
  const indexesOf = async (collection: string): Promise<readonly (readonly string[])[]> => {
    const client = await new MongoClient(behind.url).connect();
    const indexes = await client.db(database).collection(collection).listIndexes().toArray();
    await client.close();
    return indexes.map(({ key }) => Object.keys(key as object));
  };

  it('gets everything back when somebody drops the database, while it runs and while it does not', async () => {
    const before = await shown(server, patiently);
    await mongo.dropDatabase();
    const made = await activate(server, patiently);
    expect(await shown(server, patiently)).toEqual(expect.arrayContaining([...before, made]));
    await expectAsLogged();
    const newestFirst = ['document.activityDateTime', 'document.sequence', 'document.id', '_id'];
    expect(await indexesOf('audit.directoryAudits')).toContainEqual(newestFirst);
    await server.running.close();
    await mongo.dropDatabase();
    server = await server.restart(undefined, onMongo);
    expect(await shown(server, patiently)).toEqual(expect.arrayContaining([...before, made]));
    await expectAsLogged();
  });

  it('says unavailable, never nothing, while MongoDB stands still', async () => {
    if (!behind.pid) return;
    process.kill(behind.pid, 'SIGSTOP');
    const { status } = await server.call('sam', 'GET', mine);
    process.kill(behind.pid, 'SIGCONT');
    expect(status).toBe(503);
    expect(await shown(server, patiently)).not.toEqual([]);
  });
});
