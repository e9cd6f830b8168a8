import { setImmediate } from 'node:timers/promises';
import { inMemoryEventStore } from '../contract/in-memory-event-store';
import type { EventStore } from '../ports/event-store';
import { Generations } from './generations';
import type { Projection } from './projection';
import { startProjector, type Projector } from './projector';
import { Rebuilder } from './rebuilder';
import { accountStream, eventually, turns } from './spec/account';
import { documentsById, record, searchable } from './spec/doubles';

interface Total {
  readonly total: number;
  readonly by: string;
}

/** Adds up what was paid in; says which release did. */
const totals = (by: string): Projection<Total> => ({
  collection: 'spec.totals',
  sources: [accountStream],
  keys: () => ['all'],
  evolve: (document, { data }) => ({ total: (document?.total ?? 0) + Number(Reflect.get(data, 'amount')), by }),
});

const pay = async (store: EventStore, from: number, to: number): Promise<void> => {
  for (let n = from; n <= to; n += 1) await record(store, 'account-1', 'Deposited', { amount: n });
};

const sum = (to: number): number => (to * (to + 1)) / 2;

const told: unknown[] = [];
beforeEach(() => told.splice(0));

interface Process {
  readonly projector: Projector;
  readonly rebuilder: Rebuilder;
  read(): Promise<Total | undefined>;
}

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

const start = async (
  eventStore: EventStore,
  stored: ReturnType<typeof searchable>,
  projection = totals('first'),
): Promise<Process> => {
  const generations = new Generations(stored, [projection]);
  const options = { eventStore, projections: [projection], onError: (error: unknown) => told.push(error) };
  const projector = await startProjector({ ...options, documents: generations });
  const rebuilder = new Rebuilder({ ...options, generations, projector });
  stops.push(
    () => projector.stop(),
    () => rebuilder.stop(),
  );
  await projector.ready();
  const read = async () => {
    await projector.caughtUp();
    return (await generations.get<Total>('spec.totals', 'all'))?.document ?? undefined;
  };
  return { projector, rebuilder, read };
};
describe.each([false, true])('a rebuild of read models, lasting: %p', (isLasting) => {
  it('answers from the new generation, which goes on like the old one', async () => {
    const [store, stored] = [inMemoryEventStore(), searchable(documentsById(isLasting))];
    await pay(store, 1, 10);
    const { rebuilder, read } = await start(store, stored);
    await stored.put('spec.totals', 'all', { document: { total: -1, by: 'mistake' }, seen: {}, position: 10n ** 9n });
    expect(await read()).toEqual({ total: -1, by: 'mistake' });
    await rebuilder.rebuild('spec.totals');
    expect(await read()).toEqual({ total: sum(10), by: 'first' });
    await pay(store, 11, 20);
    expect(await read()).toEqual({ total: sum(20), by: 'first' });
    expect(rebuilder.states()).toEqual([{ collection: 'spec.totals', generation: 2, rebuild: null, hasFailed: false }]);
    expect(told).toEqual([]);
  });

  it('never shows a reader less than was recorded, whenever it looks', async () => {
    const [store, stored] = [inMemoryEventStore(), searchable(documentsById(isLasting))];
    const { rebuilder, read } = await start(store, stored);
    const { put } = stored;
    // What is built beside lags behind what answers.
    stored.put = async (collection, id, document) => {
      if (collection.includes('@')) await turns(3);
      await put.call(stored, collection, id, document);
    };
    let [paid, isOver] = [0, false];
    const paying = (async () => {
      for (; !isOver; await setImmediate()) await pay(store, ++paid, paid);
    })();
    const rebuilding = (async () => {
      for (let n = 0; n < 5; n += 1) await rebuilder.rebuild('spec.totals');
    })().finally(() => (isOver = true));
    let looks = 0;
    while (!isOver) {
      const atLeast = sum(paid - 1);
      expect((await read())?.total ?? 0).toBeGreaterThanOrEqual(atLeast);
      looks += 1;
      await setImmediate();
    }
    await Promise.all([paying, rebuilding]);
    expect(looks).toBeGreaterThan(5);
    expect(await read()).toEqual({ total: sum(paid), by: 'first' });
  });

  it('keeps the generation before, and no other', async () => {
    const [store, stored] = [inMemoryEventStore(), searchable(documentsById(isLasting))];
    await pay(store, 1, 3);
    const { rebuilder } = await start(store, stored);
    for (let n = 0; n < 3; n += 1) await rebuilder.rebuild('spec.totals');
    const holding = [...stored.stored.keys()].filter((key) => key.endsWith('/all'));
    expect(holding).toEqual(['spec.totals@3/all', 'spec.totals@4/all']);
  });

  it('leaves everything as it was when it is stopped half-way, and can be asked for again', async () => {
    const [store, stored] = [inMemoryEventStore(), searchable(documentsById(isLasting))];
    await pay(store, 1, 3);
    const { rebuilder, read } = await start(store, stored);
    const { put } = stored;
    let isFull = true;
    stored.put = async (collection, id, document) => {
      if (isFull && collection.includes('@')) throw new Error('the disk is full');
      await put.call(stored, collection, id, document);
    };
    const failing = Promise.allSettled([rebuilder.rebuild('spec.totals'), rebuilder.rebuild('spec.totals')]);
    await eventually(() => rebuilder.states()[0]?.rebuild?.until === 3n);
    await rebuilder.stop();
    expect((await failing).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(rebuilder.states()).toEqual([{ collection: 'spec.totals', generation: 1, rebuild: null, hasFailed: true }]);
    expect(await read()).toEqual({ total: sum(3), by: 'first' });
    await expect(rebuilder.rebuild('spec.totals')).rejects.toThrow('no read model that can be rebuilt now');
    isFull = false;
    const again = await start(store, stored);
    await again.rebuilder.rebuild('spec.totals');
    expect(await again.read()).toEqual({ total: sum(3), by: 'first' });
  });

  it('refuses a read model that is not here', async () => {
    const { rebuilder } = await start(inMemoryEventStore(), searchable(documentsById(isLasting)));
    await expect(rebuilder.rebuild('spec.others')).rejects.toThrow('spec.others is no read model');
  });
});

describe('generations that several processes share', () => {
  it('are taken into use by the others, without a moment in which they show less', async () => {
    const [store, stored] = [inMemoryEventStore(), searchable(documentsById(true))];
    await pay(store, 1, 5);
    const [one, other] = [await start(store, stored), await start(store, stored, totals('second'))];
    await one.rebuilder.rebuild('spec.totals');
    await pay(store, 6, 9);
    expect((await other.read())?.total).toBe(sum(9));
    await eventually(() => other.rebuilder.states()[0]?.generation === 2);
    expect((await other.read())?.total).toBe(sum(9));
    await pay(store, 10, 12);
    for (const { read } of [one, other]) expect((await read())?.total).toBe(sum(12));
  });

  it('are where a process that starts later begins', async () => {
    const [store, stored] = [inMemoryEventStore(), searchable(documentsById(true))];
    await pay(store, 1, 5);
    const { rebuilder } = await start(store, stored);
    await rebuilder.rebuild('spec.totals');
    const generations = new Generations(stored, []);
    await generations.useRegistered();
    expect(generations.generationOf('spec.totals')).toBe(2);
    expect((await generations.get<Total>('spec.totals', 'all'))?.document?.total).toBe(sum(5));
  });
});
