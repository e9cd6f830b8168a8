import fc from 'fast-check';
import { fold, Rejection } from '@pim/kernel';
import { inMemoryEventStore } from '../contract/in-memory-event-store';
import { InMemoryLog } from '../contract/in-memory-log';
import { StoreUnavailable, WrongRevision, type EventStore } from '../ports/event-store';
import { createJournal } from './create-journal';
import { current, eventId } from './event-codec';
import {
  account,
  accountAggregate,
  accountStream,
  accountView,
  asking,
  deposit,
  withdraw,
  type AccountCommand,
  type AccountEvent,
} from './spec/account';

const open = (
  overrides: (store: EventStore) => Partial<EventStore> = () => ({}),
  log = new InMemoryLog(),
  isOnlyWriter = false,
) => {
  const store = inMemoryEventStore(log);
  const eventStore = { ...store, ...overrides(store) };
  return { log, store, journal: createJournal({ eventStore, isOnlyWriter }) };
};
const amounts = (log: InMemoryLog) => log.read('account-1', {}).map(({ data }) => (data as { amount: number }).amount);

describe('execute', () => {
  it('records what the decider decided, under ids derived from the command, with who caused it', async () => {
    const { log, journal } = open();
    const context = asking('c1');
    const executed = await journal.execute(accountAggregate, '1', deposit(5), context);
    const [event] = log.read('account-1', {});
    expect(event).toMatchObject({
      id: eventId('c1', 0),
      type: 'Deposited',
      version: 2,
      data: { amount: 5, currency: 'EUR' },
      metadata: { actor: context.actor, authentication: null, correlationId: 'correlation-of-c1', causationId: 'c1' },
    });
    expect(executed).toEqual({
      events: [{ type: 'Deposited', data: { amount: 5, currency: 'EUR' } }],
      state: { balance: 5, entries: 1, lockedUntil: null },
      revision: 0,
      position: event?.position,
    });
  });

  it('records nothing when the decider is silent, and says where the stream stands', async () => {
    const { log, journal } = open();
    await journal.execute(accountAggregate, '1', deposit(5), asking());
    const executed = await journal.execute(accountAggregate, '1', { type: 'Unlock', data: {} }, asking());
    expect(executed).toMatchObject({ events: [], revision: 0, position: null });
    expect(log.head()).toBe(1n);
  });

  it('throws the Rejection of the decider and records nothing', async () => {
    const { log, journal } = open();
    await expect(journal.execute(accountAggregate, '1', withdraw(1), asking())).rejects.toBeInstanceOf(Rejection);
    expect(log.head()).toBe(0n);
  });

  it('records one set of events for a command id, also when the decider would decide again, also after a restart', async () => {
    const { log, journal } = open();
    await journal.execute(accountAggregate, '1', deposit(5), asking('c1'));
    await journal.execute(accountAggregate, '1', deposit(7), asking('c2'));
    for (const again of [journal, open(undefined, log).journal]) {
      const executed = await again.execute(accountAggregate, '1', deposit(5), asking('c1'));
      expect(executed).toMatchObject({ events: [], position: null, state: { balance: 12 } });
    }
    expect(amounts(log)).toEqual([5, 7]);
  });

  it('refuses an event type that the stream does not list, and records nothing', async () => {
    const { log, journal } = open();
    const stream = { ...accountStream, events: accountStream.events.slice(1) };
    const asked = journal.execute({ ...accountAggregate, stream }, '1', deposit(5), asking());
    await expect(asked).rejects.toThrow('Deposited is not an event of account streams');
    expect(log.head()).toBe(0n);
  });
});

describe('many commands at the same time', () => {
  it('decides those for one stream one after another, and none of them conflicts', async () => {
    let refused = 0;
    let appends = 0;
    const { log, journal } = open((store) => ({
      append: (...args) => {
        appends += 1;
        return store.append(...args).catch((error: unknown) => {
          refused += 1;
          throw error;
        });
      },
    }));
    const asked = Array.from({ length: 100 }, (_, n) => journal.execute(accountAggregate, '1', deposit(n), asking()));
    const executed = await Promise.all(asked);
    expect(amounts(log)).toEqual(Array.from({ length: 100 }, (_, n) => n));
    expect(executed.map(({ revision }) => revision)).toEqual(Array.from({ length: 100 }, (_, n) => n));
    expect(executed.map(({ state }) => state.entries)).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
    expect(refused).toBe(0);
    // They share appends, so a stream that many want is not bound by one disk write per command.
    expect(appends).toBeLessThan(10);
  });

  it('judges each on what the ones before it left', async () => {
    const { log, journal } = open();
    await journal.execute(accountAggregate, '1', deposit(10), asking());
    const asked = [6, 6, 4].map((amount) => journal.execute(accountAggregate, '1', withdraw(amount), asking()));
    const results = await Promise.allSettled(asked);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(amounts(log)).toEqual([10, 6, 4]);
  });

  it('records once what is asked for twice at once', async () => {
    const { log, journal } = open();
    const asked = ['first', 'same', 'same', 'same'].map((commandId) =>
      journal.execute(accountAggregate, '1', deposit(5), asking(commandId)),
    );
    const executed = await Promise.all(asked);
    expect(executed.map(({ events }) => events.length)).toEqual([1, 1, 0, 0]);
    expect(amounts(log)).toEqual([5, 5]);
  });

  it('fails only the command whose append can never succeed', async () => {
    const { log, journal } = open();
    const note = 'x'.repeat(1_048_576);
    const commands = [deposit(1), deposit(2), { type: 'Deposit', data: { amount: 3, note } } as const, deposit(4)];
    const results = await Promise.allSettled(
      commands.map((command) => journal.execute(accountAggregate, '1', command, asking())),
    );
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(amounts(log)).toEqual([1, 2, 4]);
  });

  it('decides again when another process wrote first', async () => {
    const log = new InMemoryLog();
    const journals = [open(undefined, log).journal, open(undefined, log).journal];
    await Promise.all(
      Array.from({ length: 60 }, (_, n) => journals[n % 2]?.execute(accountAggregate, '1', deposit(n), asking())),
    );
    expect(amounts(log).sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, n) => n));
  });

  it.each([false, true])(
    'never takes a stale state for an answer (believed to write alone: %s)',
    async (isOnlyWriter) => {
      const log = new InMemoryLog();
      const here = open(undefined, log, isOnlyWriter).journal;
      const elsewhere = open(undefined, log).journal;
      const ask = (journal: typeof here, command: AccountCommand) =>
        journal.execute(accountAggregate, '1', command, asking());
      await ask(here, deposit(5));
      await ask(elsewhere, deposit(5));
      // On what was known here, this is too much.
      expect((await ask(here, withdraw(10))).state.balance).toBe(0);
      await ask(elsewhere, { type: 'Lock', data: { until: '' } });
      // And here there would be nothing to do.
      expect((await ask(here, { type: 'Unlock', data: {} })).events).toHaveLength(1);
      // And this would have been allowed.
      await ask(here, deposit(3));
      await ask(elsewhere, withdraw(3));
      await expect(ask(here, withdraw(3))).rejects.toBeInstanceOf(Rejection);
    },
  );

  it('reads a stream it knows before it appends, unless nobody else writes', async () => {
    const reads = async (isOnlyWriter: boolean) => {
      let count = 0;
      const counting = (store: EventStore): Partial<EventStore> => ({
        read: (...args) => {
          count += 1;
          return store.read(...args);
        },
      });
      const { log, journal } = open(counting, undefined, isOnlyWriter);
      for (let n = 0; n < 5; n++) await journal.execute(accountAggregate, '1', deposit(n), asking());
      expect(amounts(log)).toEqual([0, 1, 2, 3, 4]);
      return count;
    };
    expect(await reads(false)).toBe(5);
    expect(await reads(true)).toBe(1);
  });

  it('believes what another process recorded for the same command, not its own decision', async () => {
    const log = new InMemoryLog();
    const [here, elsewhere] = [open(undefined, log).journal, open(undefined, log).journal];
    await here.execute(accountAggregate, '1', deposit(1), asking('c1'));
    await elsewhere.execute(accountAggregate, '1', deposit(5), asking('c2'));
    // The same command, enriched with facts that have changed meanwhile.
    const again = await here.execute(accountAggregate, '1', deposit(6), asking('c2'));
    expect(again).toMatchObject({ events: [], state: { balance: 6 } });
  });

  it('gives up after losing ten times', async () => {
    let tries = 0;
    const { journal } = open(() => ({
      append: async (stream, _events, expected) => {
        tries += 1;
        throw new WrongRevision(stream, expected, 0);
      },
    }));
    await expect(journal.execute(accountAggregate, '1', deposit(1), asking())).rejects.toBeInstanceOf(WrongRevision);
    expect(tries).toBe(10);
  });
});

describe('a store that fails', () => {
  /** The next append throws; `recorded` says whether it happened all the same. */
  const failing = (recorded: boolean) => {
    let isDown = true;
    return open((store) => ({
      append: async (...args) => {
        if (!isDown) return store.append(...args);
        isDown = false;
        if (recorded) await store.append(...args);
        throw new StoreUnavailable('The connection was lost.');
      },
    }));
  };

  it.each([true, false])(
    'is told to the caller; a retry records one set of events (recorded before: %s)',
    async (recorded) => {
      const { log, journal } = failing(recorded);
      const ask = () => journal.execute(accountAggregate, '1', deposit(5), asking('c1'));
      await expect(ask()).rejects.toBeInstanceOf(StoreUnavailable);
      await ask();
      expect(amounts(log)).toEqual([5]);
      expect((await journal.load(accountView, '1')).state.balance).toBe(5);
    },
  );

  it('never leaves a cached state that is ahead of the log', async () => {
    const { journal } = failing(false);
    await expect(journal.execute(accountAggregate, '1', deposit(5), asking())).rejects.toThrow();
    expect(await journal.load(accountView, '1')).toEqual({ state: account.initial, revision: -1 });
  });

  it('that recorded late is believed, not the second decision', async () => {
    let late: (() => Promise<unknown>) | null = null;
    let failures = 0;
    const { log, journal } = open((store) => ({
      append: async (...args) => {
        if (failures++ === 0) {
          late = () => store.append(...args);
          throw new StoreUnavailable('The connection was lost.');
        }
        await late?.();
        late = null;
        return store.append(...args);
      },
    }));
    await expect(journal.execute(accountAggregate, '1', deposit(5), asking('c1'))).rejects.toThrow();
    // The same command, enriched with facts that have changed meanwhile.
    await journal.execute(accountAggregate, '1', deposit(6), asking('c1'));
    expect(amounts(log)).toEqual([5]);
    expect((await journal.load(accountView, '1')).state.balance).toBe(5);
  });

  /** A journal over a log that can be lost. */
  const losing = () => {
    let stands: InMemoryLog | null = new InMemoryLog();
    const log = (): InMemoryLog => {
      if (!stands) throw new StoreUnavailable('The server is down.');
      return stands;
    };
    const journal = createJournal({
      eventStore: {
        append: async (...args) => log().append(...args),
        read: async (stream, options = {}) => log().read(stream, options),
      },
      isOnlyWriter: true,
    });
    return { journal, goDown: () => (stands = null), comeBack: () => (stands = new InMemoryLog()) };
  };

  it('that comes back with an older log is believed', async () => {
    const { journal, goDown, comeBack } = losing();
    await journal.execute(accountAggregate, '1', deposit(5), asking());
    goDown();
    await expect(journal.execute(accountAggregate, '1', deposit(5), asking())).rejects.toThrow(StoreUnavailable);
    comeBack();
    expect(await journal.load(accountView, '1')).toEqual({ state: account.initial, revision: -1 });
  });

  it('that came back with an older log unnoticed is read anew', async () => {
    const { journal, comeBack } = losing();
    await journal.execute(accountAggregate, '1', deposit(5), asking());
    await journal.execute(accountAggregate, '1', deposit(5), asking());
    comeBack();
    await journal.execute(accountAggregate, '1', deposit(7), asking());
    expect(await journal.load(accountView, '1')).toMatchObject({ state: { balance: 7 }, revision: 0 });
  });

  it('fails a load, too, and the next one succeeds', async () => {
    let isDown = true;
    const { journal } = open((store) => ({
      read: async (...args) => {
        if (isDown) throw new StoreUnavailable('The connection was lost.');
        return store.read(...args);
      },
    }));
    await expect(journal.load(accountView, '1')).rejects.toBeInstanceOf(StoreUnavailable);
    isDown = false;
    expect(await journal.load(accountView, '1')).toEqual({ state: account.initial, revision: -1 });
  });
});

describe('load', () => {
  it('sees what another process wrote, however hot the stream is here', async () => {
    const { log, journal } = open();
    const other = open(undefined, log).journal;
    for (let n = 1; n <= 5; n++) {
      await other.execute(accountAggregate, '1', deposit(1), asking());
      expect(await journal.load(accountView, '1')).toMatchObject({ state: { balance: n }, revision: n - 1 });
    }
  });

  it('reads only what came after the cached state', async () => {
    const asked: (number | undefined)[] = [];
    const { journal } = open((store) => ({
      read: (stream, options) => {
        asked.push(options?.from);
        return store.read(stream, options);
      },
    }));
    for (let n = 0; n < 3; n++) await journal.load(accountView, '1');
    await journal.execute(accountAggregate, '1', deposit(1), asking());
    await journal.load(accountView, '1');
    await journal.load(accountView, '1');
    expect(asked).toEqual([0, 0, 0, 0, 1, 1]);
  });

  it('reads a stream of any length', async () => {
    const { log, journal } = open();
    const event = { type: 'Deposited', version: 1, data: { amount: 1 }, metadata: { ...asking(), causationId: 'x' } };
    const events = Array.from({ length: 2_500 }, (_, n) => ({ ...event, id: eventId('long', n) }));
    log.append('account-1', events, 'no-stream');
    expect(await journal.load(accountView, '1')).toMatchObject({ state: { balance: 2_500 }, revision: 2_499 });
  });

  it('keeps the meanings of two readers of one stream apart', async () => {
    const { journal } = open();
    await journal.execute(accountAggregate, '1', deposit(5), asking());
    const counting = { stream: accountStream, view: { initial: 0, evolve: (count: number) => count + 1 } };
    expect((await journal.load(counting, '1')).state).toBe(1);
    expect((await journal.load(accountView, '1')).state.balance).toBe(5);
  });

  it('forgets the streams used longest ago, and is right all the same', async () => {
    const journal = createJournal({ eventStore: inMemoryEventStore(), maxCached: 2 });
    for (const round of [1, 2, 3])
      for (const id of ['1', '2', '3', '4', '5']) {
        const { state } = await journal.execute(accountAggregate, id, deposit(1), asking());
        expect(state.balance).toBe(round);
      }
  });

  it('refuses a stream with an event of a later release', async () => {
    const { log, journal } = open();
    const metadata = { ...asking(), causationId: 'x' };
    log.append('account-1', [{ id: 'a', type: 'Deposited', version: 9, data: {}, metadata }], 'no-stream');
    await expect(journal.load(accountView, '1')).rejects.toThrow('account-1 holds Deposited v9');
    await expect(journal.execute(accountAggregate, '1', deposit(1), asking())).rejects.toThrow('account-1');
  });

  it('gives at every prefix of a history what folding it from the beginning gives', () =>
    fc.assert(
      fc.asyncProperty(histories, async (steps) => {
        const log = new InMemoryLog();
        const here = createJournal({ eventStore: inMemoryEventStore(log), maxCached: 2 });
        const elsewhere = createJournal({ eventStore: inMemoryEventStore(log) });
        for (const { id, amount, by, isLoaded } of steps) {
          const journal = by === 'here' ? here : elsewhere;
          await journal.execute(accountAggregate, id, deposit(amount), asking());
          if (isLoaded) expect(await here.load(accountView, id)).toEqual(fromBeginning(log, id));
        }
        for (const id of ids) expect(await here.load(accountView, id)).toEqual(fromBeginning(log, id));
      }),
      { numRuns: 50 },
    ));
});

const ids = ['1', '2', '3'];
const histories = fc.array(
  fc.record({
    id: fc.constantFrom(...ids),
    amount: fc.integer({ min: 0, max: 9 }),
    by: fc.constantFrom('here', 'elsewhere'),
    isLoaded: fc.boolean(),
  }),
  { maxLength: 40 },
);
const fromBeginning = (log: InMemoryLog, id: string) => {
  const recorded = log.read(`account-${id}`, {});
  const events = recorded.map((event) => current(accountStream, event) as AccountEvent);
  return { state: fold(account, events), revision: recorded.length - 1 };
};
