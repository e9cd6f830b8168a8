import type { StreamContract } from '@pim/contracts';
import { DocumentsUnavailable, startProjector, type Documents, type EventStore, type Projection } from '@pim/engine';
import { inMemoryEventStore } from '@pim/engine/contract';
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { openMongo, type OpenMongo } from './open-mongo';
import { databaseName, describeWithServer, startServer, type SpecServer } from './spec';

const standInOnly = ['--stand-in'] as const;

const drawer: StreamContract = {
  category: 'drawer',
  context: 'requests',
  events: [{ type: 'Filled', version: 1, upcasters: [] }],
};

interface Drawer {
  readonly id: string;
  readonly amounts: readonly number[];
}

/** One document per drawer, and one about all of them, which every event changes. */
const drawers: Projection<Drawer> = {
  collection: 'spec.drawers',
  sources: [drawer],
  keys: (_, { stream }) => [stream, 'all'],
  evolve: (document, { data }, _, id) => ({
    id,
    amounts: [...(document?.amounts ?? []), Number(Reflect.get(data, 'amount'))],
  }),
};

const fill = async (store: EventStore, id: number, amount: number): Promise<void> => {
  const metadata = {
    actor: { id: 'a', kind: 'user' as const },
    authentication: null,
    correlationId: 'c',
    causationId: 'c',
  };
  const event = { id: randomUUID(), type: 'Filled', version: 1, data: { amount }, metadata };
  await store.append(`drawer-${id}`, [event], 'any');
};

const fillMany = async (store: EventStore, from: number, to: number): Promise<void> => {
  for (let n = from; n < to; n += 1) await fill(store, n % 20, n);
};

/** What the read model has to be after `fillMany` from 0. */
const filled = (to: number): readonly Drawer[] => {
  const amounts = Array.from({ length: to }, (_, n) => n);
  const each = Array.from({ length: 20 }, (_, id) => ({
    id: `drawer-${id}`,
    amounts: amounts.filter((n) => n % 20 === id),
  }));
  return [{ id: 'all', amounts }, ...each].sort((a, b) => (a.id < b.id ? -1 : 1));
};

describeWithServer(
  'a MongoDB that fails',
  () => {
    let server: SpecServer;
    let store: EventStore;
    const open: { stop(): Promise<unknown> }[] = [];
    beforeAll(async () => {
      server = await startServer(standInOnly);
    }, 120_000);
    afterAll(() => server.stop());
    beforeEach(() => (store = inMemoryEventStore()));
    afterEach(async () => {
      for (const one of open.splice(0).toReversed()) await one.stop();
    });

    const connect = async (database = databaseName(), deadlineMs = 5_000): Promise<OpenMongo> => {
      const mongo = await openMongo({ url: server.url, database, deadlineMs });
      open.push({ stop: () => mongo.close() });
      return mongo;
    };
    const project = async (documents: Pick<Documents, 'get' | 'put' | 'index' | 'isLasting'>) => {
      const projector = await startProjector({ eventStore: store, documents, projections: [drawers] });
      open.push(projector);
      return projector;
    };
    const kill = async (): Promise<void> => {
      process.kill(server.pid ?? 0, 'SIGKILL');
      await server.stop();
    };
    const restart = async (): Promise<void> => {
      server = await startServer(standInOnly, Number(new URL(server.url).port));
    };
    const held = ({ documents }: OpenMongo) => documents.find<Drawer>('spec.drawers', { filter: {} });

    it('is unavailable, not empty, while it is stopped in its tracks, and answers again afterwards', async () => {
      const { documents, checkpoints, ping } = await connect(databaseName(), 400);
      await documents.put('c', 'a', { document: { x: 1 }, seen: {}, position: 1n });
      process.kill(server.pid ?? 0, 'SIGSTOP');
      const asked = await Promise.allSettled([
        documents.get('c', 'a'),
        documents.find('c', { filter: {} }),
        documents.count('c', {}),
        documents.put('c', 'a', { document: { x: 2 }, seen: {}, position: 2n }),
        documents.drop('d'),
        checkpoints.load('relay'),
        checkpoints.save('relay', 1n),
        ping(),
      ]);
      process.kill(server.pid ?? 0, 'SIGCONT');
      for (const outcome of asked)
        expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(DocumentsUnavailable) });
      await ping();
      expect(await documents.count('c', {})).toBe(1);
    });

    it('refuses to open where nobody listens', async () => {
      await expect(openMongo({ url: 'mongodb://127.0.0.1:1', deadlineMs: 300 })).rejects.toThrow(DocumentsUnavailable);
    });

    it('that loses everything in the middle of writes gets its read models back from the log', async () => {
      const mongo = await connect(databaseName(), 1_000);
      const projector = await project(mongo.documents);
      await fillMany(store, 0, 100);
      await projector.caughtUp();
      const writing = fillMany(store, 100, 400);
      await kill();
      await expect(held(mongo)).rejects.toThrow(DocumentsUnavailable);
      await writing;
      await restart();
      await fillMany(store, 400, 420);
      await projector.caughtUp();
      expect(await held(mongo)).toEqual(filled(420));
    }, 60_000);

    it('ends up right when every write comes twice, late and out of order, from two processes', async () => {
      const database = databaseName();
      const both = await Promise.all([connect(database), connect(database)]);
      const late: Promise<void>[] = [];
      /** Writes now, and the same again after others that are newer. */
      const stuttering = ({ documents }: OpenMongo): Pick<Documents, 'get' | 'put' | 'index' | 'isLasting'> => ({
        isLasting: true,
        index: (...a) => documents.index(...a),
        get: (collection, id) => documents.get(collection, id),
        put: async (...write) => {
          late.push(setTimeout(late.length % 5).then(() => documents.put(...write)));
          await documents.put(...write);
        },
      });
      const projectors = await Promise.all(both.map((mongo) => project(stuttering(mongo))));
      await fillMany(store, 0, 300);
      await Promise.all(projectors.map((projector) => projector.caughtUp()));
      await Promise.all(projectors.map((projector) => projector.stop()));
      await Promise.all(late);
      for (const mongo of both) expect(await held(mongo)).toEqual(filled(300));
    }, 60_000);
  },
  standInOnly,
);
