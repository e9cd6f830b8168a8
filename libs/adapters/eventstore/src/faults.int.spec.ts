import { AppendTooLarge, StoreUnavailable, type EventMetadata, type EventStore, type NewEvent } from '@pim/engine';
import { inMemoryEventStore } from '@pim/engine/contract';
import { startDouble, type Double } from '@pim/eventstore-double';
import { createServer, type AddressInfo } from 'node:net';
import { eventStoreDb, type EventStoreDbPatience } from './event-store';

const metadata: EventMetadata = {
  actor: { id: 'ada', kind: 'user' },
  authentication: null,
  correlationId: 'c',
  causationId: 'c',
};
let counter = 0;
const event = (): NewEvent => ({
  id: `00000000-0000-5000-8000-${(++counter).toString(16).padStart(12, '0')}`,
  type: 'Happened',
  version: 1,
  data: {},
  metadata,
});

const never = new Promise<never>(() => undefined);
const eventually = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
};

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** A log, a double over it with these faults, and the adapter. */
const setUp = async (faults: Partial<EventStore> = {}, patience: Partial<EventStoreDbPatience> = {}) => {
  const log = inMemoryEventStore();
  const double = await serve({ ...log, ...faults });
  return { log, double, store: connect(double.url, patience) };
};
const serve = async (log: EventStore): Promise<Double> => {
  const double = await startDouble(log);
  endings.push(() => double.stop());
  return double;
};
const connect = (url: string, patience: Partial<EventStoreDbPatience> = {}): EventStore => {
  const store = eventStoreDb(url, { callMs: 500, ...patience });
  endings.push(() => store.close());
  return store;
};
const nobodyListens = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/** A log whose first append goes wrong. */
const failsOnce = (fail: (log: EventStore, ...ask: Parameters<EventStore['append']>) => Promise<never>) => {
  const log = inMemoryEventStore();
  let failures = 0;
  const append: EventStore['append'] = (...ask) => (failures++ === 0 ? fail(log, ...ask) : log.append(...ask));
  return { ...log, append };
};

describe('an append whose answer is lost', () => {
  it.each<[string, Parameters<typeof failsOnce>[0]]>([
    ['before the server recorded it', () => Promise.reject(new StoreUnavailable('crashed'))],
    [
      'after the server recorded it',
      async (log, ...ask) => {
        await log.append(...ask);
        throw new StoreUnavailable('crashed');
      },
    ],
    [
      'because the server never gives one',
      async (log, ...ask) => {
        await log.append(...ask);
        return never;
      },
    ],
  ])('is recorded once: %s', async (_, fail) => {
    const log = failsOnce(fail);
    const store = connect((await serve(log)).url, { callMs: 300 });
    const given = [event(), event()];
    const appended = await store.append('request-1', given, 'no-stream');
    const recorded = await log.read('request-1');
    expect(recorded.map(({ id }) => id)).toEqual(given.map(({ id }) => id));
    expect(appended.revision).toBe(1);
    expect((await store.read('request-1')).at(-1)?.position).toBe(appended.position);
  });
});

describe('a server that does not answer', () => {
  const silent = {
    append: () => never,
    read: () => never,
    readAll: () => never,
    head: () => never,
  };
  const questions: [string, (store: EventStore) => Promise<unknown>][] = [
    ['append', (store) => store.append('request-1', [event()], 'no-stream')],
    ['readiness', (store) => store.append('health-check', [], 'any')],
    ['read', (store) => store.read('request-1')],
    ['readAll', (store) => store.readAll({ after: 'start', limit: 1 })],
    ['head', (store) => store.head()],
  ];

  it.each(questions)('makes %s say so', async (_, question) => {
    const { store } = await setUp(silent, { callMs: 20, giveUpMs: 60 });
    await expect(question(store)).rejects.toThrow(StoreUnavailable);
  });

  it.each(questions)('is not waited for by %s when nobody listens', async (_, question) => {
    const store = connect(`esdb://127.0.0.1:${await nobodyListens()}?tls=false`, { giveUpMs: 60 });
    await expect(question(store)).rejects.toThrow(StoreUnavailable);
  });

  it('can be closed', async () => {
    const { store } = await setUp(silent, { callMs: 20, giveUpMs: 60 });
    await store.subscribe({ after: 'start' }, async () => undefined);
    const pending = expect(store.read('request-1')).rejects.toThrow(StoreUnavailable);
    await store.close();
    await pending;
  });
});

describe('a subscription', () => {
  it('goes on where it was when the server ends it in peace', async () => {
    const { store, double } = await setUp();
    const seen: string[] = [];
    const told: string[] = [];
    const onError = (error: unknown) => told.push(String(error));
    await store.subscribe({ after: 'start', categories: ['request'], onError }, async ({ id }) => void seen.push(id));
    const given = [event(), event(), event()];
    for (const [n, one] of given.entries()) {
      await store.append('request-1', [one], 'any');
      await eventually(() => seen.length === n + 1);
      double.endSubscriptions();
    }
    await eventually(() => told.length >= 2);
    expect(seen).toEqual(given.map(({ id }) => id));
    expect(told[0]).toMatch('ended a subscription');
  });

  it('is begun anew when the server forgets it without a word', async () => {
    const forgets: EventStore['subscribe'] = async () => ({ stop: () => Promise.resolve() });
    const { log, store } = await setUp({ subscribe: forgets }, { silenceMs: 50 });
    const seen: string[] = [];
    await store.subscribe({ after: 'start', categories: ['request'] }, async ({ id }) => void seen.push(id));
    const given = [event(), event()];
    for (const one of given) {
      await log.append('request-1', [one], 'any');
      await eventually(() => seen.includes(one.id));
    }
    expect(seen).toEqual(given.map(({ id }) => id));
  });

  it('tells of a server that is away, and goes on when it comes back', async () => {
    const port = await nobodyListens();
    const store = connect(`esdb://127.0.0.1:${port}?tls=false`);
    const seen: string[] = [];
    const told: unknown[] = [];
    const onError = (error: unknown) => told.push(error);
    await store.subscribe({ after: 'start', onError }, async ({ id }) => void seen.push(id));
    await eventually(() => told.length >= 2);
    const log = inMemoryEventStore();
    const given = event();
    await log.append('request-1', [given], 'no-stream');
    const double = await startDouble(log, port);
    endings.push(() => double.stop());
    await eventually(() => seen.length === 1);
    expect(seen).toEqual([given.id]);
  });
});

describe('a cluster', () => {
  it('is found by discovery', async () => {
    const { double } = await setUp();
    const store = connect(`esdb+discover://127.0.0.1:${double.port}?tls=false`);
    await store.append('request-1', [event()], 'no-stream');
    expect(await store.read('request-1')).toHaveLength(1);
  });

  it('may change its leader', async () => {
    const { log, double, store } = await setUp();
    const seen: number[] = [];
    const categories = ['request'];
    await store.subscribe({ after: 'start', categories }, async ({ revision }) => void seen.push(revision));
    await store.append('request-1', [event()], 'no-stream');
    const next = await serve(log);
    double.stepDown(next);
    double.endSubscriptions();
    await store.append('request-1', [event()], 0);
    await eventually(() => seen.length === 2);
    await double.stop();
    await store.append('request-1', [event()], 1);
    await eventually(() => seen.length === 3);
    expect(seen).toEqual([0, 1, 2]);
  });

  it('that cannot be found makes callers wait no longer than they would', async () => {
    const hosts = `127.0.0.1:${await nobodyListens()}`;
    const store = connect(`esdb+discover://${hosts}?tls=false&maxDiscoverAttempts=2`, { giveUpMs: 300 });
    await store.subscribe({ after: 'start' }, async () => undefined);
    await expect(store.append('request-1', [event()], 'any')).rejects.toThrow(StoreUnavailable);
    await expect(store.head()).rejects.toThrow(StoreUnavailable);
  });
});

it('takes the smaller limit of a server for what it is', async () => {
  const { store } = await setUp({ append: (stream) => Promise.reject(new AppendTooLarge(stream, 900, 512)) });
  const append = store.append('request-1', [event()], 'any');
  await expect(append).rejects.toMatchObject({ name: 'AppendTooLarge', limit: 512 });
});

it('does not take a system event for the end of the log', async () => {
  const { store } = await setUp();
  expect(await store.head()).toBe(0n);
  const { position } = await store.append('request-1', [event()], 'no-stream');
  expect(await store.head()).toBe(position);
});

it('refuses an id that the server would not give back as it is', async () => {
  const { store } = await setUp();
  for (const id of ['request-1:0', '00000000-0000-5000-8000-00000000000A'])
    await expect(store.append('request-1', [{ ...event(), id }], 'any')).rejects.toThrow(RangeError);
});
