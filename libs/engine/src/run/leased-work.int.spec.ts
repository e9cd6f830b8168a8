import { InMemoryLeases } from '../contract/in-memory-leases';
import { inMemoryEventStore } from '../contract/in-memory-event-store';
import type { EventStore } from '../ports/event-store';
import type { CommandContext } from './aggregate';
import { createJournal } from './create-journal';
import type { Deadline } from './deadline';
import { startLeasedWork, type LeasedWork, type LeasedWorkOptions, type Work } from './leased-work';
import { startRelay } from './relay';
import { startScheduler } from './scheduler';
import { accountAggregate, accountStream, accountView, eventually, turns, type AccountEvent } from './spec/account';
import { clockByHand } from './spec/clock-by-hand';
import { checkpointsInMemory, record } from './spec/doubles';

const running: LeasedWork<Work>[] = [];
afterEach(async () => {
  for (const work of running.splice(0)) await work.stop();
});

const begin = async <W extends Work>(options: Omit<LeasedWorkOptions<W>, 'name'>): Promise<LeasedWork<W>> => {
  const work = await startLeasedWork({ name: 'spec.work', retryMs: 1, ...options });
  running.push(work);
  return work;
};

const idle = async (fence: bigint) => ({ fence, stop: async () => undefined });

describe('leased work', () => {
  it('is done by one of those who could, and goes on in another when that one stops', async () => {
    const leases = new InMemoryLeases();
    const [first, second] = [await begin({ leases, start: idle }), await begin({ leases, start: idle })];
    await turns();
    expect([first.current()?.fence, second.current()]).toEqual([1n, null]);
    await first.stop();
    expect(first.current()).toBeNull();
    await eventually(() => second.current()?.fence === 2n);
  });

  it('has ended before its lease is given to another', async () => {
    const leases = new InMemoryLeases();
    let finish: () => void = () => undefined;
    const stop = () => new Promise<void>((resolve) => (finish = resolve));
    const first = await begin({ leases, start: async () => ({ stop }) });
    const stopped = first.stop();
    await turns();
    expect(await leases.take('spec.work')).toBeNull();
    finish();
    await stopped;
    expect(await leases.take('spec.work')).not.toBeNull();
  });

  it('stops when its lease is lost, and begins again under another', async () => {
    const leases = new InMemoryLeases();
    const did: string[] = [];
    const start = async (fence: bigint) => {
      did.push(`start ${fence}`);
      return { fence, stop: async () => void did.push(`stop ${fence}`) };
    };
    const work = await begin({ leases, start });
    leases.runOut('spec.work')();
    await eventually(() => work.current()?.fence === 2n);
    expect(did).toEqual(['start 1', 'stop 1', 'start 2']);
  });

  it('lets others try what it cannot begin, tells why, and tries again', async () => {
    const leases = new InMemoryLeases();
    const told: unknown[] = [];
    const start = async (fence: bigint) => {
      if (fence < 3n) throw new Error(`no checkpoint ${fence}`);
      return idle(fence);
    };
    const work = await begin({ leases, start, onError: (error) => told.push(String(error)) });
    expect(work.current()).toBeNull();
    await eventually(() => work.current()?.fence === 3n);
    expect(told).toEqual(['Error: no checkpoint 1', 'Error: no checkpoint 2']);
  });
});

interface Unlock {
  readonly id: string;
  readonly context: CommandContext;
}

const unlock: Deadline<AccountEvent, { id: string }, Unlock> = {
  name: 'unlock',
  source: accountStream,
  due: ({ type, data }) => {
    const { id = '', until = '' } = data as { id?: string; until?: string };
    return type === 'Locked' ? [{ key: id, at: until, subject: { id } }] : [];
  },
  command: ({ id }, context) => ({ id, context }),
};

/** What all processes share. */
const world = () => ({
  eventStore: inMemoryEventStore(),
  leases: new InMemoryLeases(),
  checkpoints: checkpointsInMemory(),
  clock: clockByHand('2026-03-01T09:00:00.000Z'),
  published: [] as string[],
  asked: [] as string[],
});

/** A process with a relay and a scheduler, whose calls stand still while it is frozen. */
const processIn = (
  { eventStore, leases, checkpoints, clock, published, asked }: ReturnType<typeof world>,
  name: string,
) => {
  let awake: Promise<void> = Promise.resolve();
  let thaw: () => void = () => undefined;
  const journal = createJournal({ eventStore });
  const publish = async ({ position }: { readonly position: bigint }) => {
    await awake;
    published.push(`${name} ${position}`);
  };
  const dispatch = async (command: object) => {
    await awake;
    const { id, context } = command as Unlock;
    asked.push(`${name} ${context.commandId}`);
    await journal.execute(accountAggregate, id, { type: 'Unlock', data: {} }, context);
  };
  const start = async (fence: bigint) => {
    const shared = { eventStore, checkpoints, clock, fence };
    const relay = await startRelay({ ...shared, bus: { publish }, name: 'spec.relay', categories: ['account'] });
    const scheduler = await startScheduler({ ...shared, deadlines: [unlock], dispatch, context: 'assignments' });
    const stop = async () => void (await Promise.all([relay.stop(), scheduler.stop()]));
    return { relay, scheduler, stop };
  };
  return {
    begin: () => begin({ leases, start }),
    journal,
    freeze: () => void (awake = new Promise((resolve) => (thaw = resolve))),
    thaw: () => thaw(),
  };
};

const lock = (store: EventStore, id: string, until: string) => record(store, `account-${id}`, 'Locked', { id, until });
const [nine, ten] = ['2026-03-01T09:30:00.000Z', '2026-03-01T10:00:00.000Z'] as const;

describe('two processes over one store', () => {
  it('do everything once when one is stopped', async () => {
    const shared = world();
    const [a, b] = [await processIn(shared, 'a').begin(), await processIn(shared, 'b').begin()];
    await lock(shared.eventStore, '1', nine);
    await lock(shared.eventStore, '2', ten);
    await a.current()?.relay.caughtUp();
    shared.clock.set(nine);
    await a.current()?.scheduler.caughtUp();
    await a.current()?.relay.caughtUp();
    await a.stop();
    await eventually(() => b.current() !== null);
    shared.clock.set(ten);
    await b.current()?.scheduler.caughtUp();
    await b.current()?.relay.caughtUp();
    expect(shared.published).toEqual(['a 1', 'a 2', 'a 3', 'b 4']);
    expect(shared.asked.map((ask) => ask.slice(0, 10))).toEqual(['a unlock:1', 'b unlock:1', 'b unlock:2']);
    expect(await shared.eventStore.read('account-1')).toHaveLength(2);
    expect(await shared.eventStore.read('account-2')).toHaveLength(2);
  });

  it('lose nothing and record nothing twice when one stands still and wakes up too late', async () => {
    const shared = world();
    const [frozen, other] = [processIn(shared, 'a'), processIn(shared, 'b')];
    const [a, b] = [await frozen.begin(), await other.begin()];
    await lock(shared.eventStore, '1', ten);
    await a.current()?.relay.caughtUp();
    frozen.freeze();
    const tell = shared.leases.runOut('spec.work');
    shared.clock.set(ten);
    await eventually(() => b.current() !== null);
    await b.current()?.scheduler.caughtUp();
    await b.current()?.relay.caughtUp();
    for (let n = 0; n < 5; n++) await record(shared.eventStore, `account-more${n}`, 'Deposited', {});
    await b.current()?.relay.caughtUp();
    await b.stop();
    expect(shared.checkpoints.saved.get('spec.relay')).toBe(7n);

    frozen.thaw();
    await eventually(() => shared.asked.some((ask) => ask.startsWith('a unlock:1')));
    tell();
    await a.stop();
    const byB = shared.published.filter((line) => line.startsWith('b')).map((line) => line.slice(2));
    expect(byB.slice(-6)).toEqual(['2', '3', '4', '5', '6', '7']);
    expect(shared.checkpoints.saved.get('spec.relay')).toBe(7n);
    const { state } = await other.journal.load(accountView, '1');
    expect(state.lockedUntil).toBeNull();
    expect(await shared.eventStore.read('account-1')).toHaveLength(2);
  });

  it('never move a checkpoint back from where the later lease brought it', async () => {
    const shared = world();
    const [frozen, other] = [processIn(shared, 'a'), processIn(shared, 'b')];
    const [a, b] = [await frozen.begin(), await other.begin()];
    frozen.freeze();
    await lock(shared.eventStore, '1', ten);
    const tell = shared.leases.runOut('spec.work');
    await eventually(() => b.current() !== null);
    await lock(shared.eventStore, '2', ten);
    await b.current()?.relay.caughtUp();
    await b.stop();
    const { fences, saved } = shared.checkpoints;
    expect([saved.get('spec.relay'), fences.get('spec.relay')]).toEqual([2n, 2n]);
    // As if a third one had come further since.
    saved.set('spec.relay', 9n);
    frozen.thaw();
    await a.current()?.relay.caughtUp();
    tell();
    await a.stop();
    expect(saved.get('spec.relay')).toBe(9n);
  });
});
