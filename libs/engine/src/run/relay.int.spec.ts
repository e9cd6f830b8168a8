import { inMemoryEventStore } from '../contract/in-memory-event-store';
import { InMemoryLog } from '../contract/in-memory-log';
import type { EventStore, RecordedEvent } from '../ports/event-store';
import { startRelay, type Relay, type RelayOptions } from './relay';
import { eventually, turns } from './spec/account';
import { checkpointsInMemory, record } from './spec/doubles';

const running: Relay[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((relay) => relay.stop()));
});

/** A bus that notes what it took; `before` may hold up an event, or refuse it. */
const noting = (before: (event: RecordedEvent) => Promise<void> = async () => undefined) => {
  const taken: RecordedEvent[] = [];
  return {
    taken,
    places: () => taken.map(({ stream, revision }) => `${stream}@${revision}`),
    publish: async (event: RecordedEvent) => {
      await before(event);
      taken.push(event);
    },
  };
};

const start = async (eventStore: EventStore, options: Pick<RelayOptions, 'bus'> & Partial<RelayOptions>) => {
  const checkpoints = checkpointsInMemory();
  const relay = await startRelay({ eventStore, checkpoints, name: 'spec.relay', categories: ['account'], ...options });
  running.push(relay);
  return relay;
};

const fill = async (store: EventStore, streams: number, each: number) => {
  for (let n = 0; n < each; n++)
    for (let id = 0; id < streams; id++) await record(store, `account-${id}`, 'Deposited', { amount: n });
};

const revisionsOf = (events: readonly RecordedEvent[], stream: string) =>
  events.filter((event) => event.stream === stream).map(({ revision }) => revision);

describe('the relay', () => {
  it('publishes what is there and what comes, of its own streams only', async () => {
    const store = inMemoryEventStore();
    await record(store, 'account-1', 'Deposited', { amount: 5 });
    await record(store, 'other-1', 'Whatever', {});
    const bus = noting();
    const relay = await start(store, { bus });
    await record(store, 'account-1', 'Deposited', { amount: 6 });
    await record(store, 'other-1', 'Whatever', {});
    await relay.caughtUp();
    expect(bus.places()).toEqual(['account-1@0', 'account-1@1']);
    expect(relay.position()).toBe(3n);
  });

  it('says how many events of its streams the bus has not taken, and since when', async () => {
    const store = inMemoryEventStore();
    await record(store, 'other-1', 'Whatever', {});
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const relay = await start(store, { bus: noting(() => held) });
    expect(await relay.lag()).toEqual({ events: 0, since: null });
    await fill(store, 3, 1);
    await record(store, 'other-1', 'Whatever', {});
    const [first] = await store.read('account-0');
    expect(await relay.lag()).toEqual({ events: 3, since: first?.recordedAt });
    letGo();
    await relay.caughtUp();
    expect(await relay.lag()).toEqual({ events: 0, since: null });
  });

  it('publishes one stream in order and one at a time, different streams at the same time', async () => {
    const store = inMemoryEventStore();
    await fill(store, 4, 5);
    const under: string[] = [];
    let [most, mostOfOne] = [0, 0];
    const bus = noting(async ({ stream }) => {
      under.push(stream);
      most = Math.max(most, under.length);
      mostOfOne = Math.max(mostOfOne, under.filter((other) => other === stream).length);
      await turns(2);
      under.splice(under.indexOf(stream), 1);
    });
    const relay = await start(store, { bus });
    await relay.caughtUp();
    for (let id = 0; id < 4; id++) expect(revisionsOf(bus.taken, `account-${id}`)).toEqual([0, 1, 2, 3, 4]);
    expect([most, mostOfOne]).toEqual([4, 1]);
  });

  it('has no more under way than it may', async () => {
    const store = inMemoryEventStore();
    await fill(store, 10, 2);
    let [now, most] = [0, 0];
    const bus = noting(async () => {
      most = Math.max(most, ++now);
      await turns(2);
      now -= 1;
    });
    const relay = await start(store, { bus, inFlight: 3 });
    await relay.caughtUp();
    expect(most).toBe(3);
    expect(bus.taken).toHaveLength(20);
  });

  it('tries again what the bus does not take, skips nothing, and holds up no other stream', async () => {
    const store = inMemoryEventStore();
    await fill(store, 3, 3);
    let failures = 0;
    const told: unknown[] = [];
    const bus = noting(async ({ stream, revision }) => {
      if (stream === 'account-1' && revision === 1 && failures < 4) throw new Error(`failure ${++failures}`);
    });
    const relay = await start(store, { bus, onError: (error) => told.push(error) });
    await relay.caughtUp();
    expect(told.map((error) => (error as Error).message)).toEqual(['failure 1', 'failure 2', 'failure 3', 'failure 4']);
    for (let id = 0; id < 3; id++) expect(revisionsOf(bus.taken, `account-${id}`)).toEqual([0, 1, 2]);
    expect(bus.places().at(-1)).toBe('account-1@2');
  });

  it('never saves a checkpoint beyond an event that was not acknowledged', async () => {
    const store = inMemoryEventStore();
    await fill(store, 3, 3);
    const checkpoints = checkpointsInMemory();
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const bus = noting(async ({ stream, revision }) => {
      if (stream === 'account-1' && revision === 1) await held;
    });
    const relay = await start(store, { bus, checkpoints });
    // All but account-1 from revision 1 on: 4 is the position before it.
    await eventually(() => bus.taken.length === 7);
    expect(relay.position()).toBe(4n);
    await eventually(() => checkpoints.saves > 0);
    expect(checkpoints.saved.get('spec.relay')).toBe(4n);
    letGo();
    await relay.caughtUp();
    await relay.stop();
    expect(checkpoints.saved.get('spec.relay')).toBe(9n);
  });

  it('saves its checkpoint now and then, not for each event', async () => {
    const store = inMemoryEventStore();
    await fill(store, 10, 20);
    const checkpoints = checkpointsInMemory();
    const relay = await start(store, { bus: noting(), checkpoints });
    await relay.caughtUp();
    await relay.stop();
    expect(checkpoints.saved.get('spec.relay')).toBe(200n);
    expect(checkpoints.saves).toBeLessThan(20);
  });

  it('goes on from its checkpoint', async () => {
    const log = new InMemoryLog();
    const store = inMemoryEventStore(log);
    const checkpoints = checkpointsInMemory();
    await fill(store, 2, 2);
    const first = await start(store, { bus: noting(), checkpoints });
    await first.caughtUp();
    await first.stop();
    await record(store, 'account-1', 'Deposited', { amount: 9 });
    const bus = noting();
    const second = await start(inMemoryEventStore(log), { bus, checkpoints });
    await second.caughtUp();
    expect(bus.places()).toEqual(['account-1@2']);
  });

  it('delivers again what a crash left between publishing and the checkpoint, and misses nothing', async () => {
    const log = new InMemoryLog();
    const store = inMemoryEventStore(log);
    const checkpoints = checkpointsInMemory();
    await fill(store, 2, 3);
    const before = noting();
    const crashing = await start(store, {
      bus: before,
      checkpoints: {
        ...checkpoints,
        save: async () => {
          throw new Error('killed');
        },
      },
    });
    await crashing.caughtUp();
    await crashing.stop();
    const after = noting();
    const relay = await start(inMemoryEventStore(log), { bus: after, checkpoints });
    await relay.caughtUp();
    expect(after.places()).toEqual(before.places());
  });

  it('saves again when saving failed', async () => {
    const store = inMemoryEventStore();
    const checkpoints = checkpointsInMemory();
    let failures = 0;
    const moody = {
      load: (name: string) => checkpoints.load(name),
      save: async (name: string, position: bigint) => {
        if (failures++ === 0) throw new Error('the disk is full');
        await checkpoints.save(name, position);
      },
    };
    const told: unknown[] = [];
    await fill(store, 1, 1);
    await start(store, { bus: noting(), checkpoints: moody, onError: (error) => told.push(error) });
    await eventually(() => checkpoints.saved.get('spec.relay') === 1n);
    expect(told).toHaveLength(1);
  });

  it('can be stopped while the bus refuses everything; then those who wait are told', async () => {
    const store = inMemoryEventStore();
    await fill(store, 100, 1);
    const checkpoints = checkpointsInMemory();
    const bus = noting(async () => {
      throw new Error('the bus is down');
    });
    const relay = await start(store, { bus, checkpoints, inFlight: 2 });
    const waiting = Promise.allSettled([relay.caughtUp()]);
    await turns();
    await relay.stop();
    expect((await waiting)[0]).toMatchObject({ status: 'rejected' });
    expect(checkpoints.saves).toBe(0);
    expect(relay.position()).toBe(0n);
  });
});
