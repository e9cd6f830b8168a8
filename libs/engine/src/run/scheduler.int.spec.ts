import { Rejection } from '@pim/kernel';
import { clockByHand } from './spec/clock-by-hand';
import { inMemoryEventStore } from '../contract/in-memory-event-store';
import { InMemoryLog } from '../contract/in-memory-log';
import { StoreUnavailable, type EventStore } from '../ports/event-store';
import { systemActor, type CommandContext } from './aggregate';
import { createJournal } from './create-journal';
import type { Deadline } from './deadline';
import { startScheduler, type Answered, type Scheduler, type SchedulerOptions } from './scheduler';
import { accountAggregate, accountStream, eventually, turns, type AccountEvent } from './spec/account';
import { fact, record } from './spec/doubles';

interface Unlock {
  readonly id: string;
  readonly context: CommandContext;
}

const start = '2026-03-01T09:00:00.000Z';
const dayMs = 86_400_000;
const later = (ms: number): string => new Date(Date.parse(start) + ms).toISOString();

/** A locked account is unlocked when its time has come. The key is in the event, as ids are. */
const unlock: Deadline<AccountEvent, { id: string }, Unlock> = {
  name: 'unlock',
  source: accountStream,
  due: ({ type, data }) => {
    const { id = '' } = data as { id?: string };
    if (type === 'Locked') return [{ key: id, at: (data as { until: string }).until, subject: { id } }];
    return type === 'Unlocked' ? [{ key: id, at: null, subject: { id } }] : [];
  },
  command: ({ id }, context) => ({ id, context }),
};

const lock = (store: EventStore, id: string, until: string) => record(store, `account-${id}`, 'Locked', { id, until });
const clear = (store: EventStore, id: string) => record(store, `account-${id}`, 'Unlocked', { id });

const running: Scheduler[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((scheduler) => scheduler.stop()));
});

type RunOptions = Partial<Omit<SchedulerOptions, 'eventStore'>> & {
  readonly eventStore?: EventStore;
  readonly answer?: (ask: Unlock) => Promise<void>;
};

const run = async (options: RunOptions = {}) => {
  const { eventStore = inMemoryEventStore(), answer = async () => undefined, ...rest } = options;
  const clock = clockByHand(start);
  const asked: Unlock[] = [];
  const dispatch = async (command: object) => {
    asked.push(command as Unlock);
    await answer(command as Unlock);
  };
  const given = { eventStore, clock, deadlines: [unlock], dispatch, context: 'assignments', ...rest };
  const scheduler = await startScheduler(given);
  running.push(scheduler);
  return { eventStore, clock, scheduler, asked, ids: () => asked.map(({ id }) => id) };
};

describe('the scheduler', () => {
  it('asks when the time has come, not before, under an id made of deadline, key and instant', async () => {
    const { eventStore, clock, scheduler, asked } = await run();
    await lock(eventStore, 'a', later(1_000));
    await scheduler.caughtUp();
    clock.advance(999);
    await scheduler.caughtUp();
    expect(asked).toEqual([]);
    clock.advance(1);
    await scheduler.caughtUp();
    const [event] = await eventStore.read('account-a');
    expect(asked).toEqual([
      {
        id: 'a',
        context: {
          commandId: `unlock:a:${later(1_000)}`,
          correlationId: event?.metadata.correlationId,
          actor: systemActor('deadline/unlock'),
          authentication: null,
        },
      },
    ]);
  });

  it('says since when something is due, and how late each answer was', async () => {
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const told: Answered[] = [];
    const { eventStore, clock, scheduler } = await run({
      answer: () => held,
      onAnswered: (one) => void told.push(one),
    });
    await lock(eventStore, 'a', later(2_000));
    await lock(eventStore, 'b', later(1_000));
    await lock(eventStore, 'c', later(9_000));
    await scheduler.ready();
    await eventually(() => scheduler.size() === 3);
    expect(scheduler.overdueSince()).toBeNull();
    clock.advance(5_000);
    await turns(2);
    expect(scheduler.overdueSince()).toBe(later(1_000));
    letGo();
    await scheduler.caughtUp();
    expect(scheduler.overdueSince()).toBeNull();
    const answeredAt = later(5_000);
    expect(told).toEqual([
      { deadline: 'unlock', dueAt: later(1_000), answeredAt },
      { deadline: 'unlock', dueAt: later(2_000), answeredAt },
    ]);
  });

  it('wakes by itself when time goes by', async () => {
    const { eventStore, clock, scheduler, asked } = await run();
    await lock(eventStore, 'a', later(1_000));
    await scheduler.caughtUp();
    clock.advance(1_000);
    await eventually(() => asked.length === 1);
  });

  it.each([25, 60, 400])('does not ask %i days early', async (days) => {
    const { eventStore, clock, scheduler, ids } = await run();
    await lock(eventStore, 'a', later(days * dayMs));
    for (const ms of [0, days * dayMs - 1]) {
      clock.set(later(ms));
      await scheduler.caughtUp();
      expect(ids()).toEqual([]);
    }
    clock.advance(1);
    await scheduler.caughtUp();
    expect(ids()).toEqual(['a']);
  });

  it('asks in order of time, whatever the order of the events', async () => {
    const { eventStore, clock, scheduler, ids } = await run();
    for (const [id, ms] of [
      ['c', 30],
      ['a', 10],
      ['d', 40],
      ['b', 20],
    ] as const)
      await lock(eventStore, id, later(ms));
    await scheduler.caughtUp();
    clock.advance(35);
    await scheduler.caughtUp();
    expect(ids()).toEqual(['a', 'b', 'c']);
  });

  it('asks at the new time only when a deadline was moved, and not at all when it was cleared', async () => {
    const { eventStore, clock, scheduler, ids } = await run();
    for (const id of ['moved', 'cleared']) await lock(eventStore, id, later(10));
    await lock(eventStore, 'moved', later(50));
    await clear(eventStore, 'cleared');
    await scheduler.caughtUp();
    expect(scheduler.size()).toBe(1);
    clock.advance(49);
    await scheduler.caughtUp();
    expect(ids()).toEqual([]);
    clock.advance(1);
    await scheduler.caughtUp();
    expect(ids()).toEqual(['moved']);
  });

  it('asks at once for what came due while it was away, and not for what was cleared later in the log', async () => {
    const log = new InMemoryLog();
    const store = inMemoryEventStore(log);
    for (let n = 0; n < 300; n++) await lock(store, `cleared${n}`, later(-dayMs));
    await lock(store, 'overdue', later(-40 * dayMs));
    await lock(store, 'later', later(dayMs));
    for (let n = 0; n < 300; n++) await clear(store, `cleared${n}`);
    const { scheduler, ids } = await run({ eventStore: inMemoryEventStore(log) });
    await scheduler.caughtUp();
    expect(ids()).toEqual(['overdue']);
    expect(scheduler.size()).toBe(1);
  });

  it('asks for nothing before its index is built', async () => {
    const store = inMemoryEventStore();
    await lock(store, 'a', later(-1));
    await clear(store, 'a');
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    let isHeld = false;
    // One event at a time, and the second one comes late.
    const slow: EventStore = {
      ...store,
      readAll: async (options) => {
        if (options.after === 1n) {
          isHeld = true;
          await held;
        }
        return store.readAll({ ...options, limit: 1 });
      },
    };
    const { scheduler, ids } = await run({ eventStore: slow });
    await eventually(() => isHeld);
    await turns();
    expect(ids()).toEqual([]);
    letGo();
    await scheduler.caughtUp();
    expect(ids()).toEqual([]);
  });

  it('takes a Rejection for an answer', async () => {
    const { eventStore, scheduler, ids } = await run({
      answer: async () => {
        throw new Rejection('conflict', 'account/open', 'Lock it first.');
      },
    });
    await lock(eventStore, 'a', later(-1));
    await scheduler.caughtUp();
    expect(ids()).toEqual(['a']);
    expect(scheduler.size()).toBe(0);
  });

  it.each([
    ['a failure', new Error('a bug')],
    ['an unavailable store', new StoreUnavailable('down')],
  ])('asks again after %s, until there is an answer', async (_, error) => {
    let failures = 0;
    const told: unknown[] = [];
    const { eventStore, scheduler, ids } = await run({
      answer: async () => {
        if (failures++ < 3) throw error;
      },
      onError: (reason) => told.push(reason),
    });
    await lock(eventStore, 'a', later(-1));
    await scheduler.caughtUp();
    expect(ids()).toEqual(['a', 'a', 'a', 'a']);
    expect(told).toEqual([error, error, error]);
  });

  it('is not waited for where it waits for others', async () => {
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const patient: Deadline = { ...unlock, waitsForOthers: true };
    const { eventStore, scheduler, ids } = await run({ deadlines: [patient], answer: () => held });
    for (let n = 0; n < 65; n++) await lock(eventStore, `${n}`, later(-1));
    await scheduler.caughtUp();
    expect(ids()).toHaveLength(64);
    letGo();
    await eventually(() => ids().length === 65);
  });

  it('asks again after a command that cannot even be made', async () => {
    let failures = 0;
    const moody: Deadline = {
      ...unlock,
      command: (subject, context) => {
        if (failures++ < 2) throw new Error('a bug');
        return unlock.command(subject as { id: string }, context);
      },
    };
    const { eventStore, scheduler, ids } = await run({ deadlines: [moody] });
    await lock(eventStore, 'a', later(-1));
    await scheduler.caughtUp();
    expect(ids()).toEqual(['a']);
  });

  it('does not let commands that always fail hold up the others', async () => {
    const { eventStore, clock, scheduler, asked } = await run({
      answer: async ({ id }) => {
        if (id.startsWith('bad')) throw new Error('a bug');
      },
    });
    for (let n = 0; n < 200; n++) await lock(eventStore, `bad${n}`, later(1));
    for (let n = 0; n < 20; n++) await lock(eventStore, `good${n}`, later(2));
    await scheduler.caughtUp();
    clock.advance(2);
    await eventually(() => asked.filter(({ id }) => id.startsWith('good')).length === 20);
  });

  it('asks for no others while the store is unavailable', async () => {
    let isDown = true;
    const { eventStore, scheduler, asked } = await run({
      answer: async () => {
        if (isDown) throw new StoreUnavailable('down');
      },
    });
    for (let n = 0; n < 200; n++) await lock(eventStore, `${n}`, later(-1));
    await eventually(() => asked.length > 150);
    expect(new Set(asked.map(({ id }) => id)).size).toBe(64);
    isDown = false;
    await scheduler.caughtUp();
    expect(new Set(asked.map(({ id }) => id)).size).toBe(200);
  });

  it.each([
    ['a failure', new Error('a bug')],
    ['an unavailable store', new StoreUnavailable('down')],
  ])('does not ask again after %s for what was cleared meanwhile', async (_, error) => {
    const { eventStore, scheduler, ids } = await run({
      answer: async ({ id }) => {
        await clear(eventStore, id);
        throw error;
      },
    });
    await lock(eventStore, 'a', later(-1));
    await scheduler.caughtUp();
    await turns();
    expect(ids()).toEqual(['a']);
  });

  it('asks again when the clock was set back before the answer', async () => {
    const { eventStore, clock, scheduler, ids } = await run({
      answer: async () => {
        if (clock.now() === later(10)) clock.set(start);
      },
    });
    await lock(eventStore, 'a', later(10));
    await scheduler.caughtUp();
    clock.advance(10);
    await scheduler.caughtUp();
    expect(scheduler.size()).toBe(1);
    clock.advance(20);
    await scheduler.caughtUp();
    expect(ids()).toEqual(['a', 'a']);
  });

  it('has no more than 64 commands under way', async () => {
    let [now, most] = [0, 0];
    const { eventStore, clock, scheduler, asked } = await run({
      answer: async () => {
        most = Math.max(most, ++now);
        await turns(1);
        now -= 1;
      },
    });
    for (let n = 0; n < 200; n++) await lock(eventStore, `${n}`, later(1));
    await scheduler.caughtUp();
    clock.advance(1);
    await scheduler.caughtUp();
    expect(most).toBe(64);
    expect(asked).toHaveLength(200);
  });

  it('copes with 100,000 deadlines in one minute', async () => {
    const log = new InMemoryLog();
    for (let batch = 0; batch < 100; batch++) {
      const locked = Array.from({ length: 1_000 }, (_, n) =>
        fact('Locked', { id: `${batch}.${n}`, until: later((n * 60 + batch * 7) % 60_000) }),
      );
      log.append(`account-${batch}`, locked, 'no-stream');
    }
    const { clock, scheduler, asked } = await run({ eventStore: inMemoryEventStore(log) });
    await scheduler.ready();
    clock.advance(60_000);
    await scheduler.caughtUp();
    expect(asked).toHaveLength(100_000);
    expect(scheduler.size()).toBe(0);
  }, 30_000);

  it('records one answer although two of them ask, after a restart or side by side', async () => {
    const log = new InMemoryLog();
    const eventStore = inMemoryEventStore(log);
    const journal = createJournal({ eventStore });
    const answer = async ({ id, context }: Unlock) => {
      await journal.execute(accountAggregate, id, { type: 'Unlock', data: {} }, context);
    };
    for (const id of ['a', 'b', 'c']) await lock(eventStore, id, later(-1));
    const both = [await run({ eventStore, answer }), await run({ eventStore: inMemoryEventStore(log), answer })];
    await Promise.all(both.map(({ scheduler }) => scheduler.caughtUp()));
    const third = await run({ eventStore: inMemoryEventStore(log), answer });
    await third.scheduler.caughtUp();
    for (const id of ['a', 'b', 'c'])
      expect(log.read(`account-${id}`, {}).map(({ type }) => type)).toEqual(['Locked', 'Unlocked']);
  });

  it.each([
    ['failures', new Error('a bug')],
    ['an unavailable store', new StoreUnavailable('down')],
  ])('asks for nothing after it was stopped amid %s, and tells those who wait', async (_, error) => {
    const { eventStore, clock, scheduler, ids } = await run({
      answer: async () => {
        throw error;
      },
    });
    await lock(eventStore, 'a', later(-1));
    const waiting = Promise.allSettled([scheduler.caughtUp()]);
    await eventually(() => ids().length > 0);
    await scheduler.stop();
    const count = ids().length;
    clock.advance(dayMs);
    await turns();
    expect(ids()).toHaveLength(count);
    expect((await waiting)[0]).toMatchObject({ status: 'rejected' });
    await expect(scheduler.caughtUp()).rejects.toThrow('The scheduler of assignments was stopped');
  });
});
