import { inMemoryEventStore } from '../contract/in-memory-event-store';
import { InMemoryLog } from '../contract/in-memory-log';
import type { EventStore } from '../ports/event-store';
import type { Projection } from './projection';
import { startProjector, type Projector } from './projector';
import { accountStream, eventually, turns } from './spec/account';
import { documentsById, record } from './spec/doubles';

/** Every amount that was paid in, in order. */
const deposits: Projection<{ readonly amounts: readonly number[] }> = {
  collection: 'spec.deposits',
  sources: [accountStream],
  keys: (_, { stream }) => [stream],
  evolve: (document, { data }) => ({ amounts: [...(document?.amounts ?? []), Number(Reflect.get(data, 'amount'))] }),
};

const counts: Projection<{ readonly count: number }> = {
  ...deposits,
  collection: 'spec.counts',
  keys: () => ['all'],
  evolve: (document) => ({ count: (document?.count ?? 0) + 1 }),
};

const running: Projector[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((projector) => projector.stop()));
});

type Kept = ReturnType<typeof documentsById>;

const start = async (eventStore: EventStore, documents: Kept, onError?: (error: unknown) => void) => {
  const projector = await startProjector({ eventStore, documents, projections: [deposits, counts], onError });
  running.push(projector);
  return projector;
};

const pay = async (store: EventStore, ...amounts: number[]): Promise<void> => {
  for (const amount of amounts) await record(store, 'account-1', 'Deposited', { amount });
};

const wipe = ({ stored }: Kept, collection: string): void => {
  for (const key of [...stored.keys()]) if (key.startsWith(`${collection}/`)) stored.delete(key);
};

/** What the log says; the rows of progress are none of it. */
const documentsIn = ({ stored }: Kept) =>
  Object.fromEntries([...stored].filter(([, { document }]) => document).map(([key, { document }]) => [key, document]));

const isProgress = (key: string): boolean => key.includes('_reached/');

const after = (...amounts: number[]) => ({
  'spec.deposits/account-1': { amounts },
  'spec.counts/all': { count: amounts.length },
});

describe('read models that outlive the process', () => {
  it('go on where they were', async () => {
    const [log, documents] = [new InMemoryLog(), documentsById(true)];
    await pay(inMemoryEventStore(log), 1, 2, 3);
    const first = await start(inMemoryEventStore(log), documents);
    await first.ready();
    await first.stop();
    await pay(inMemoryEventStore(log), 4);
    const store = inMemoryEventStore(log);
    const read: unknown[] = [];
    const again = await start(
      { ...store, readAll: (options) => (read.push(options.after), store.readAll(options)) },
      documents,
    );
    await again.ready();
    expect(read[0]).toBe(3n);
    expect(documentsIn(documents)).toEqual(after(1, 2, 3, 4));
  });

  it('are folded again from the first event when one collection is gone at the start', async () => {
    const [log, documents] = [new InMemoryLog(), documentsById(true)];
    await pay(inMemoryEventStore(log), 1, 2, 3);
    await (await start(inMemoryEventStore(log), documents)).ready();
    await running.pop()?.stop();
    wipe(documents, 'spec.deposits');
    await (await start(inMemoryEventStore(log), documents)).ready();
    expect(documentsIn(documents)).toEqual(after(1, 2, 3));
  });

  it.each([[['spec.deposits']], [['spec.deposits', 'spec.counts']]])(
    'are folded again when somebody removes %p under a projector that writes',
    async (collections) => {
      const [store, documents, told] = [inMemoryEventStore(), documentsById(true), new Array<unknown>()];
      const projector = await start(store, documents, (error) => told.push(error));
      await pay(store, 1, 2, 3);
      await projector.caughtUp();
      for (const collection of collections) wipe(documents, collection);
      await pay(store, 4);
      await projector.caughtUp();
      expect(documentsIn(documents)).toEqual(after(1, 2, 3, 4));
      expect(String(told[0])).toContain('was emptied while it was in use');
    },
  );

  it('are folded again when somebody removes them while nothing happens', async () => {
    const [store, documents] = [inMemoryEventStore(), documentsById(true)];
    const projector = await start(store, documents);
    await pay(store, 1, 2);
    await projector.caughtUp();
    documents.stored.clear();
    await eventually(() => documents.stored.has('spec.counts/all'));
    await projector.caughtUp();
    expect(documentsIn(documents)).toEqual(after(1, 2));
  });

  it('are folded again from where an old copy of them was when somebody restores it under a projector', async () => {
    const [store, documents, told] = [inMemoryEventStore(), documentsById(true), new Array<unknown>()];
    await pay(store, 1, 2);
    const first = await start(store, documents);
    await first.ready();
    await first.stop();
    const copy = [...documents.stored];
    const projector = await start(store, documents, (error) => told.push(error));
    await pay(store, 3, 4);
    await projector.caughtUp();
    // That it has come so far is on record a moment later.
    await eventually(() => [...documents.stored].some(([key, { position }]) => isProgress(key) && position === 4n));
    documents.stored.clear();
    for (const [key, stored] of copy) documents.stored.set(key, stored);
    await pay(store, 5);
    await projector.caughtUp();
    expect(documentsIn(documents)).toEqual(after(1, 2, 3, 4, 5));
    expect(String(told[0])).toContain('older than it was');
  });

  it('do not believe progress that arrives after they were removed', async () => {
    const [log, documents] = [new InMemoryLog(), documentsById(true)];
    await pay(inMemoryEventStore(log), 1, 2, 3);
    const first = await start(inMemoryEventStore(log), documents);
    await first.ready();
    const { put } = documents;
    // The save that a stop sends is under way while everything is removed.
    let isRemoved = false;
    documents.put = async (collection, id, stored) => {
      if (!isRemoved) documents.stored.clear();
      isRemoved = true;
      await put.call(documents, collection, id, stored);
    };
    await first.stop();
    documents.put = put;
    await (await start(inMemoryEventStore(log), documents)).ready();
    expect(documentsIn(documents)).toEqual(after(1, 2, 3));
  });

  it('take what happened while they were written together', async () => {
    const [store, documents] = [inMemoryEventStore(), documentsById(true)];
    const projector = await start(store, documents);
    await projector.ready();
    const { put } = documents;
    documents.put = async (collection, id, stored) => {
      await turns(10);
      await put.call(documents, collection, id, stored);
    };
    const before = documents.puts;
    const amounts = Array.from({ length: 50 }, (_, n) => n);
    await pay(store, ...amounts);
    await projector.caughtUp();
    expect(documentsIn(documents)).toEqual(after(...amounts));
    expect(documents.puts - before).toBeLessThan(50);
  });

  it('may be written by several processes, and removed under all of them', async () => {
    const [store, documents] = [inMemoryEventStore(), documentsById(true)];
    const projectors = [await start(store, documents), await start(store, documents)];
    await pay(store, 1, 2);
    await Promise.all(projectors.map((projector) => projector.caughtUp()));
    documents.stored.clear();
    await pay(store, 3);
    await Promise.all(projectors.map((projector) => projector.caughtUp()));
    await pay(store, 4);
    await Promise.all(projectors.map((projector) => projector.caughtUp()));
    expect(documentsIn(documents)).toEqual(after(1, 2, 3, 4));
  });
});
