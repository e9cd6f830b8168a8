import type { StreamContract } from '@pim/contracts';
import { foldNewReadModels, Generations, startProjector, type EventStore, type Projection } from '@pim/engine';
import { inMemoryEventStore } from '@pim/engine/contract';
import { randomUUID } from 'node:crypto';
import { openMongo, type OpenMongo } from './open-mongo';
import { databaseName, describeWithServer, startServer, type SpecServer } from './spec';

const drawer: StreamContract = {
  category: 'drawer',
  context: 'requests',
  events: [{ type: 'Filled', version: 1, upcasters: [] }],
};

/** As the release before, or this one, folds it. */
const fullness = (version: number): Projection => ({
  collection: 'spec.fullness',
  version,
  sources: [drawer],
  keys: () => ['all'],
  evolve: (document, { data }) => ({
    release: version,
    sum: Number(document ? Reflect.get(document, 'sum') : 0) + Number(Reflect.get(data, 'amount')),
  }),
});
const last: Projection = {
  collection: 'spec.last',
  sources: [drawer],
  keys: () => ['last'],
  evolve: (_, { data }) => data,
};

const fill = async (store: EventStore, amount: number): Promise<void> => {
  const actor = { id: 'a', kind: 'user' as const };
  const metadata = { actor, authentication: null, correlationId: 'c', causationId: 'c' };
  await store.append('drawer-1', [{ id: randomUUID(), type: 'Filled', version: 1, data: { amount }, metadata }], 'any');
};

describeWithServer('two releases over one MongoDB', () => {
  let server: SpecServer;
  let mongo: OpenMongo;
  const stops: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    server = await startServer();
    mongo = await openMongo({ url: server.url, database: databaseName() });
  }, 120_000);
  afterAll(async () => {
    for (const stop of stops) await stop();
    await mongo.dropDatabase();
    await mongo.close();
    await server.stop();
  });

  /** As the runtime starts it; how to read the documents when they are as new as the log. */
  const start = async (eventStore: EventStore, version: number) => {
    const projections = [fullness(version), last];
    const documents = new Generations(mongo.documents, projections);
    await documents.useRegistered();
    const folded: string[] = [];
    await foldNewReadModels({ eventStore, documents, projections, onStart: (names) => folded.push(...names) });
    const projector = await startProjector({ eventStore, documents, projections });
    stops.push(() => projector.stop());
    await projector.ready();
    const read = async (): Promise<unknown> => {
      await projector.caughtUp();
      return Promise.all(projections.map(({ collection }) => documents.find(collection, { filter: {} })));
    };
    return { folded, read, stop: () => projector.stop() };
  };

  it('each have the documents they fold themselves, and share the others', async () => {
    const store = inMemoryEventStore();
    await fill(store, 1);
    // How far it came is known from then on.
    await (await start(store, 1)).stop();
    const before = await start(store, 1);
    await fill(store, 2);
    await before.read();
    const after = await start(store, 2);
    expect([before.folded, after.folded]).toEqual([[], ['spec.fullness']]);
    await fill(store, 3);
    expect(await before.read()).toEqual([[{ release: 1, sum: 6 }], [{ amount: 3 }]]);
    expect(await after.read()).toEqual([[{ release: 2, sum: 6 }], [{ amount: 3 }]]);
  });
});
