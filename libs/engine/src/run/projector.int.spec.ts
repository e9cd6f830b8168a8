import fc from 'fast-check';
import type { StreamContract } from '@pim/contracts';
import { inMemoryEventStore } from '../contract/in-memory-event-store';
import { InMemoryLog } from '../contract/in-memory-log';
import type { EventStore, RecordedEvent } from '../ports/event-store';
import { startProjector, type Projector } from './projector';
import type { Projection } from './projection';
import { accountStream, eventually, turns, type AccountEvent } from './spec/account';
import { documentsById, record } from './spec/doubles';

interface Balance {
  readonly id: string;
  readonly balance: number;
  readonly history: readonly number[];
}

const noteStream: StreamContract = {
  category: 'note',
  context: 'requests',
  events: [{ type: 'Noted', version: 1, upcasters: [] }],
};

/** One document per account; locking removes it. */
const balances: Projection<Balance, AccountEvent> = {
  collection: 'spec.balances',
  sources: [accountStream],
  keys: (_, { stream }) => [stream],
  evolve: (document, event, _, id) => {
    const { balance, history } = document ?? { balance: 0, history: [] };
    switch (event.type) {
      case 'Deposited':
        return { id, balance: balance + event.data.amount, history: [...history, event.data.amount] };
      case 'Withdrawn':
        return { id, balance: balance - event.data.amount, history: [...history, -event.data.amount] };
      case 'Locked':
        return null;
      case 'Unlocked':
        return document;
    }
  },
};

/** One document for everything in two categories. */
const total: Projection<{ readonly events: readonly string[] }> = {
  collection: 'spec.total',
  sources: [accountStream, noteStream],
  keys: () => ['all'],
  evolve: (document, _, { stream, revision }) => ({ events: [...(document?.events ?? []), `${stream}@${revision}`] }),
};

const running: Projector[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((projector) => projector.stop()));
});

const start = async (
  eventStore: EventStore,
  documents = documentsById(),
  projections: Projection[] = [balances, total],
) => {
  const projector = await startProjector({ eventStore, documents, projections });
  running.push(projector);
  return { projector, documents, of: (key: string) => documents.stored.get(key) };
};

describe('the projector', () => {
  it('projects what is there and what comes, in the order of the log, to every projection that wants it', async () => {
    const store = inMemoryEventStore();
    await record(store, 'account-1', 'Deposited', { amount: 5 });
    await record(store, 'note-1', 'Noted', {});
    const { projector, of } = await start(store);
    await projector.ready();
    await record(store, 'account-2', 'Deposited', { amount: 7 });
    await record(store, 'account-1', 'Withdrawn', { amount: 2 });
    await projector.caughtUp();
    expect(of('spec.balances/account-1')?.document).toEqual({ id: 'account-1', balance: 3, history: [5, -2] });
    expect(of('spec.balances/account-2')?.document).toMatchObject({ balance: 7 });
    expect(of('spec.total/all')?.document).toEqual({
      events: ['account-1@0', 'note-1@0', 'account-2@0', 'account-1@1'],
    });
    expect(projector.position()).toBe(4n);
  });

  it('has caught up although the newest events are for nobody', async () => {
    const store = inMemoryEventStore();
    const { projector, of } = await start(store);
    await record(store, 'account-1', 'Deposited', { amount: 5 });
    for (let n = 0; n < 200; n++) await record(store, 'other-1', 'Whatever', {});
    await projector.caughtUp();
    expect(of('spec.balances/account-1')?.document).toMatchObject({ balance: 5 });
    expect(projector.position()).toBe(1n);
  });

  it('does not look at the log again to know that nothing was added', async () => {
    const store = inMemoryEventStore();
    let looks = 0;
    const { projector } = await start({
      ...store,
      readAll: (options) => {
        looks += 1;
        return store.readAll(options);
      },
    });
    await record(store, 'other-1', 'Whatever', {});
    await projector.ready();
    await projector.caughtUp();
    const before = looks;
    await projector.caughtUp();
    expect(looks).toBe(before);
  });

  it('has caught up at once on an empty log', async () => {
    const { projector } = await start(inMemoryEventStore());
    await projector.ready();
    await projector.caughtUp();
    expect(projector.position()).toBe(0n);
  });

  it('reads only the categories somebody wants', async () => {
    const store = inMemoryEventStore();
    const asked: (readonly string[] | undefined)[] = [];
    const { projector } = await start({
      ...store,
      readAll: (options) => {
        asked.push(options.categories);
        return store.readAll(options);
      },
    });
    await projector.ready();
    expect(asked.length).toBeGreaterThan(0);
    for (const categories of asked) expect(categories).toEqual(['account', 'note']);
  });

  it('removes a document, remembers what it had seen, and can bring it back', async () => {
    const store = inMemoryEventStore();
    const { projector, of } = await start(store);
    await record(store, 'account-1', 'Deposited', { amount: 5 });
    await record(store, 'account-1', 'Locked', { until: '' });
    await projector.caughtUp();
    expect(of('spec.balances/account-1')).toEqual({ document: null, seen: { 'account-1': 1 }, position: 2n });
    await record(store, 'account-1', 'Deposited', { amount: 1 });
    await projector.caughtUp();
    expect(of('spec.balances/account-1')?.document).toMatchObject({ balance: 1 });
  });

  it('stores nothing for events that leave no document where there was none', async () => {
    const store = inMemoryEventStore();
    await record(store, 'account-1', 'Unlocked', {});
    const { projector, of } = await start(store, undefined, [balances]);
    await projector.caughtUp();
    expect(of('spec.balances/account-1')).toBeUndefined();
  });

  it('writes a document once for a page of events', async () => {
    const store = inMemoryEventStore();
    for (let n = 0; n < 100; n++) await record(store, 'account-1', 'Deposited', { amount: 1 });
    const { projector, documents, of } = await start(store, undefined, [balances]);
    await projector.ready();
    expect(of('spec.balances/account-1')?.document).toMatchObject({ balance: 100 });
    expect(documents.puts).toBe(1);
  });

  it('skips what the documents have seen when it starts again', async () => {
    const log = new InMemoryLog();
    const store = inMemoryEventStore(log);
    for (let n = 0; n < 10; n++) await record(store, 'account-1', 'Deposited', { amount: 1 });
    const first = await start(store);
    await first.projector.ready();
    await first.projector.stop();
    await record(store, 'account-1', 'Deposited', { amount: 1 });
    const again = await start(inMemoryEventStore(log), first.documents);
    await again.projector.ready();
    expect(again.of('spec.balances/account-1')?.document).toMatchObject({ balance: 11 });
  });

  it('tells of a projection that throws, tries again, and goes on when it no longer does', async () => {
    const store = inMemoryEventStore();
    let failures = 0;
    const moody: Projection = {
      ...total,
      evolve: () => {
        if (failures < 3) throw new Error('moody');
        return { events: [] };
      },
    };
    await record(store, 'account-1', 'Deposited', { amount: 5 });
    const documents = documentsById();
    const onError = () => (failures += 1);
    const projector = await startProjector({ eventStore: store, documents, projections: [moody, balances], onError });
    running.push(projector);
    await projector.ready();
    expect(failures).toBe(3);
    failures = 0;
    await record(store, 'account-1', 'Deposited', { amount: 2 });
    await projector.caughtUp();
    expect(failures).toBe(3);
    expect(documents.stored.get('spec.balances/account-1')?.document).toMatchObject({ balance: 7, history: [5, 2] });
  });

  it('never takes half of an event for the whole: a write that fails is done again', async () => {
    const store = inMemoryEventStore();
    const documents = documentsById();
    const { put } = documents;
    let puts = 0;
    documents.put = async (collection, id, stored) => {
      if (++puts % 2 === 0) throw new Error('the disk is full');
      await put.call(documents, collection, id, stored);
    };
    const { projector, of } = await start(store, documents);
    for (let n = 1; n <= 6; n++) await record(store, 'account-1', 'Deposited', { amount: n });
    await projector.caughtUp();
    expect(of('spec.balances/account-1')?.document).toMatchObject({ history: [1, 2, 3, 4, 5, 6] });
    expect(of('spec.total/all')?.document).toMatchObject({ events: [0, 1, 2, 3, 4, 5].map((n) => `account-1@${n}`) });
  });

  it('starts although the store cannot be read yet', async () => {
    const store = inMemoryEventStore();
    await record(store, 'account-1', 'Deposited', { amount: 5 });
    let failures = 2;
    const { projector, of } = await start({
      ...store,
      readAll: async (options) => {
        if (failures-- > 0) throw new Error('not yet');
        return store.readAll(options);
      },
    });
    await projector.ready();
    expect(of('spec.balances/account-1')?.document).toMatchObject({ balance: 5 });
  });

  it('lets those who wait know that it was stopped, and takes nothing more', async () => {
    const store = inMemoryEventStore();
    const stuck: Projection = {
      ...total,
      evolve: () => {
        throw new Error('never');
      },
    };
    await record(store, 'account-1', 'Deposited', { amount: 5 });
    const { projector } = await start(store, undefined, [stuck]);
    const waiting = Promise.allSettled([projector.ready(), projector.caughtUp()]);
    await turns();
    await projector.stop();
    expect((await waiting).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(projector.caughtUp()).rejects.toThrow('The projector was stopped before it caught up');
  });

  /** Delivers every event twice, as a subscription may after a failure. */
  const stuttering = (store: EventStore): EventStore => ({
    ...store,
    subscribe: (options, handle) =>
      store.subscribe(options, async (event) => {
        await handle(event);
        await handle(event);
      }),
    readAll: async (options) => (await store.readAll(options)).flatMap((event) => [event, event]),
  });

  it('changes nothing when every event comes twice', async () => {
    const log = new InMemoryLog();
    for (let n = 0; n < 5; n++) await record(inMemoryEventStore(log), `account-${n % 2}`, 'Deposited', { amount: n });
    const store = inMemoryEventStore(log);
    const once = await start(store);
    const twice = await start(stuttering(store));
    await twice.projector.ready();
    for (let n = 0; n < 5; n++) await record(store, `account-${n % 2}`, 'Withdrawn', { amount: n });
    await Promise.all([once.projector.caughtUp(), twice.projector.caughtUp()]);
    expect(twice.documents.stored).toEqual(once.documents.stored);
    expect(twice.of('spec.balances/account-0')?.document).toMatchObject({ history: [0, 2, 4, -0, -2, -4] });
  });

  it('gives the same documents however the streams are interleaved', () =>
    fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(['a', 'a', 'a', 'b', 'b', 'b', 'c', 'c'], { minLength: 8 }),
        async (order) => {
          const store = inMemoryEventStore();
          const { projector, documents } = await start(store, undefined, [balances]);
          const counts = new Map<string, number>();
          for (const id of order) {
            const amount = (counts.get(id) ?? 0) + 1;
            counts.set(id, amount);
            await record(store, `account-${id}`, 'Deposited', { amount });
          }
          await projector.caughtUp();
          const stored = [...documents.stored]
            .map(([key, { document }]) => [key, (document as Balance).history])
            .sort();
          expect(stored).toEqual([
            ['spec.balances/account-a', [1, 2, 3]],
            ['spec.balances/account-b', [1, 2, 3]],
            ['spec.balances/account-c', [1, 2]],
          ]);
          await projector.stop();
        },
      ),
      { numRuns: 20 },
    ));

  it('decodes an event once for all projections', async () => {
    const store = inMemoryEventStore();
    let lifted = 0;
    const upcasters = [(v1: object) => ({ ...v1, lifted: ++lifted })];
    const stream: StreamContract = { ...accountStream, events: [{ type: 'Deposited', version: 2, upcasters }] };
    const seen: RecordedEvent[] = [];
    const watch = (collection: string): Projection => ({
      collection,
      sources: [stream],
      keys: (_, recorded) => {
        seen.push(recorded);
        return [];
      },
      evolve: () => null,
    });
    await record(store, 'account-1', 'Deposited', { amount: 1 });
    const { projector } = await start(store, undefined, [watch('one'), watch('two'), watch('three')]);
    await projector.ready();
    await eventually(() => seen.length === 3);
    expect(lifted).toBe(1);
  });
});
