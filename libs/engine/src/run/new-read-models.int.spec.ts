import { inMemoryEventStore } from '../contract/in-memory-event-store';
import type { EventStore } from '../ports/event-store';
import { Generations } from './generations';
import { foldNewReadModels } from './new-read-models';
import type { Projection } from './projection';
import { startProjector, type Projector } from './projector';
import { Rebuilder } from './rebuilder';
import { accountStream, eventually } from './spec/account';
import { documentsById, record, searchable } from './spec/doubles';

interface Sum {
  readonly sum: number;
}

/** What each release makes of a deposit. */
const sums = (version: number, of: (amount: number) => number): Projection<Sum> => ({
  collection: 'spec.sums',
  version,
  sources: [accountStream],
  keys: () => ['all'],
  evolve: (document, { data }) => ({ sum: (document?.sum ?? 0) + of(Number(Reflect.get(data, 'amount'))) }),
});
const first = sums(1, (amount) => amount);
const second = sums(2, (amount) => 1_000 * amount);
const counts: Projection<Sum> = { ...sums(1, () => 1), collection: 'spec.counts' };

const pay = async (store: EventStore, ...amounts: readonly number[]): Promise<void> => {
  for (const amount of amounts) await record(store, 'account-1', 'Deposited', { amount });
};

interface Process {
  readonly rebuilder: Rebuilder;
  /** Which read models it folded before it was ready. */
  readonly folded: readonly string[];
  /** After which positions its long-lived projector began to read. */
  readonly readAfter: readonly unknown[];
  read(collection?: string): Promise<number | undefined>;
  stop(): Promise<void>;
}

describe('a release that folds a read model in another version', () => {
  const running: Process[] = [];
  afterEach(async () => {
    for (const { stop } of running.splice(0)) await stop();
  });

  /** As the runtime starts it. */
  const start = async (
    eventStore: EventStore,
    stored: ReturnType<typeof searchable>,
    projections: readonly Projection[],
  ): Promise<Process> => {
    const generations = new Generations(stored, projections);
    await generations.useRegistered();
    const [folded, readAfter] = [new Array<string>(), new Array<unknown>()];
    const options = { documents: generations, projections };
    await foldNewReadModels({ ...options, eventStore, onStart: (names) => folded.push(...names) });
    const noting = {
      ...eventStore,
      readAll: (asked: Parameters<EventStore['readAll']>[0]) => (
        readAfter.push(asked.after),
        eventStore.readAll(asked)
      ),
    };
    const projector: Projector = await startProjector({ ...options, eventStore: noting });
    await projector.ready();
    const rebuilder = new Rebuilder({ eventStore, generations, projections, projector });
    const process = {
      rebuilder,
      folded,
      readAfter,
      read: async (collection = 'spec.sums') => {
        await projector.caughtUp();
        return (await generations.get<Sum>(collection, 'all'))?.document?.sum;
      },
      stop: async () => void (await Promise.all([rebuilder.stop(), projector.stop()])),
    };
    running.push(process);
    return process;
  };

  it('is ready when it is folded, and reads the log for nothing else again', async () => {
    const [store, stored] = [inMemoryEventStore(), searchable(documentsById(true))];
    await pay(store, 1, 2, 3);
    await (await start(store, stored, [first, counts])).stop();
    running.pop();
    await pay(store, 4);
    const release = await start(store, stored, [second, counts]);
    expect(release.folded).toEqual(['spec.sums']);
    expect(release.readAfter[0]).toBe(3n);
    expect([await release.read(), await release.read('spec.counts')]).toEqual([10_000, 4]);
  });

  it('leaves the release before with what it folds, side by side, and can go back to it', async () => {
    const [store, stored] = [inMemoryEventStore(), searchable(documentsById(true))];
    await pay(store, 1, 2);
    const old = await start(store, stored, [first, counts]);
    const replicas = [await start(store, stored, [second, counts]), await start(store, stored, [second, counts])];
    await pay(store, 3);
    expect(await old.read()).toBe(6);
    for (const { read } of replicas) expect([await read(), await read('spec.counts')]).toEqual([6_000, 3]);
    await old.stop();
    await pay(store, 4);
    const back = await start(store, stored, [first, counts]);
    expect([back.folded, await back.read()]).toEqual([[], 10]);
  });

  it('counts rebuilds of its own, which the other release does not follow', async () => {
    const [store, stored] = [inMemoryEventStore(), searchable(documentsById(true))];
    await pay(store, 1, 2);
    const [old, release] = [await start(store, stored, [first]), await start(store, stored, [second, counts])];
    const other = await start(store, stored, [second, counts]);
    await release.rebuilder.rebuild('spec.sums');
    await pay(store, 3);
    await eventually(() => other.rebuilder.states()[0]?.generation === 2);
    expect(old.rebuilder.states()[0]?.generation).toBe(1);
    expect([await old.read(), await release.read(), await other.read()]).toEqual([6, 6_000, 6_000]);
    const places = [...stored.stored.keys()].filter((key) => key.startsWith('spec.sums') && key.endsWith('/all'));
    expect(places).toEqual(['spec.sums/all', 'spec.sums.v2/all', 'spec.sums.v2@2/all']);
  });

  it('folds nothing before the others on an empty store, nor where nothing outlives the process', async () => {
    const store = inMemoryEventStore();
    await pay(store, 1, 2);
    for (const isLasting of [true, false]) {
      const release = await start(store, searchable(documentsById(isLasting)), [second, counts]);
      expect([release.folded, await release.read()]).toEqual([[], 3_000]);
    }
  });

  it('is folded again when somebody removes it before it is complete', async () => {
    const [store, stored] = [inMemoryEventStore(), searchable(documentsById(true))];
    await pay(store, 1, 2, 3);
    await (await start(store, stored, [first, counts])).stop();
    running.pop();
    const { put } = stored;
    let isRemoved = false;
    stored.put = async (collection, id, document) => {
      await put.call(stored, collection, id, document);
      // Right after its documents were written, and before it is said how far they reach.
      if (isRemoved || collection !== 'spec.sums.v2' || id !== 'all') return;
      isRemoved = true;
      await stored.drop('spec.sums.v2');
    };
    const release = await start(store, stored, [second, counts]);
    await pay(store, 4);
    expect([isRemoved, await release.read()]).toEqual([true, 10_000]);
  });
});
