import {
  AppendTooLarge,
  StoreUnavailable,
  WrongRevision,
  type EventMetadata,
  type EventStore,
  type Expected,
  type NewEvent,
  type Position,
  type RecordedEvent,
  type SubscribeOptions,
} from '../ports/event-store';

/** One opened store for one test. */
export interface StoreUnderTest {
  readonly store: EventStore;
  /** Closes the store and opens the same data again. Absent: the adapter does not keep its events, and says so. */
  readonly reopen?: () => Promise<EventStore>;
  /** Closes what is still open and removes what was stored. */
  readonly dispose?: () => Promise<void>;
}

interface Context {
  readonly store: EventStore;
  reopen(): Promise<void>;
}

/**
 * What every `EventStore` must do, sentence by sentence of the port. The log may be shared with others: each test works
 * in categories of its own. `make` is called once per test.
 */
export const eventStoreContract = (name: string, make: () => Promise<StoreUnderTest>): void => {
  describe(`${name}: event store contract`, () => {
    let made: StoreUnderTest;
    let current: EventStore;
    const context: Context = {
      get store() {
        return current;
      },
      reopen: async () => {
        if (!made.reopen) throw new Error('This adapter keeps its events; give the suite a `reopen`.');
        current = await made.reopen();
      },
    };

    beforeEach(async () => {
      made = await make();
      current = made.store;
    });
    afterEach(async () => {
      await made.dispose?.();
    });

    describe('append', () => appending(context));
    describe('expected revision', () => expecting(context));
    describe('retries', () => retrying(context));
    describe('appends at the same time', () => racing(context));
    describe('read', () => reading(context));
    describe('readAll and head', () => readingAll(context));
    describe('subscribe', () => subscribing(context));
    describe('subscribe when something fails', () => failing(context));
    describe('close and restart', () => restarting(context));
  });
};

const appending = (context: Context): void => {
  it('numbers the events of a stream from 0 without gaps', async () => {
    const stream = freshStream();
    await context.store.append(stream, events(2), 'no-stream');
    await context.store.append(stream, events(3), 1);
    expect((await context.store.read(stream)).map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4]);
  });

  it('answers with the revision and position of the last event', async () => {
    const stream = freshStream();
    const appended = await context.store.append(stream, events(3), 'no-stream');
    const last = (await context.store.read(stream)).at(-1);
    expect(appended).toEqual({ revision: 2, position: last?.position });
  });

  it('gives positions that grow strictly, over all streams, from above 0', async () => {
    const positions: Position[] = [0n];
    for (const stream of [freshStream(), freshStream(), freshStream()]) {
      await context.store.append(stream, events(2), 'no-stream');
      positions.push(...(await context.store.read(stream)).map(({ position }) => position));
    }
    expectGrowing(positions);
  });

  it('records an event as it was given, with its stream and the time it was taken', async () => {
    const stream = freshStream();
    const given: NewEvent = { ...event(), type: 'NaïveRôleGewährt', version: 3, data: awkwardData };
    await context.store.append(stream, [given], 'no-stream');
    const [recorded] = await context.store.read(stream);
    expect(recorded).toEqual({
      ...given,
      stream,
      revision: 0,
      position: expect.any(BigInt) as bigint,
      recordedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
    });
  });

  it('keeps stream names that are not ASCII apart', async () => {
    const base = freshStream();
    const names = [`${base}ä`, `${base}a\u0308`, `${base}𝛂`, `${base} /?%`, `${base}-a-b`];
    for (const stream of names) await context.store.append(stream, events(1), 'no-stream');
    for (const stream of names) expect(await context.store.read(stream)).toMatchObject([{ stream, revision: 0 }]);
  });

  it('checks the expectation of an empty list and records nothing', async () => {
    const stream = freshStream();
    const { store } = context;
    await store.append(stream, [], 'no-stream');
    await expect(store.append(stream, [], 'stream-exists')).rejects.toBeInstanceOf(WrongRevision);
    await expect(store.append(stream, [], 0)).rejects.toBeInstanceOf(WrongRevision);
    expect(await store.read(stream)).toEqual([]);
    const appended = await store.append(stream, events(2), 'no-stream');
    for (const expected of [1, 'any', 'stream-exists'] as const)
      expect(await store.append(stream, [], expected)).toEqual(appended);
    for (const expected of [0, 2, 'no-stream'] as const)
      await expect(store.append(stream, [], expected)).rejects.toBeInstanceOf(WrongRevision);
    expect(await store.read(stream)).toHaveLength(2);
  });

  it.each<[string, (stream: string) => [string, NewEvent[]]]>([
    ['an event without an id', (stream) => [stream, [event(), { ...event(), id: '' }]]],
    ['an event without a type', (stream) => [stream, [event(), { ...event(), type: '' }]]],
    ['a stream without a category', () => [`nocategory${++counter}`, events(1)]],
    ['more than 1 MiB at once', (stream) => [stream, [event(), { ...event(), data: { text: 'x'.repeat(1_048_576) } }]]],
  ])('refuses %s for good, and records nothing', async (_, make) => {
    const [stream, given] = make(freshStream());
    const error: unknown = await context.store.append(stream, given, 'any').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(WrongRevision);
    expect(error).not.toBeInstanceOf(StoreUnavailable);
    expect(await context.store.read(stream)).toEqual([]);
  });

  it('calls an append that is too large by its name, so that it is not taken for a fault', async () => {
    const large = [{ ...event(), data: { text: 'x'.repeat(1_048_576) } }];
    await expect(context.store.append(freshStream(), large, 'any')).rejects.toBeInstanceOf(AppendTooLarge);
  });

  it('takes an append of nearly 1 MiB', async () => {
    const stream = freshStream();
    const large = { ...event(), data: { text: 'x'.repeat(1_040_000) } };
    await context.store.append(stream, [large], 'no-stream');
    expect((await context.store.read(stream))[0]?.data).toEqual(large.data);
  });
};

const expecting = (context: Context): void => {
  const refusal = (stream: string, expected: Expected) =>
    context.store.append(stream, events(2), expected).catch((reason: unknown) => reason);

  it.each<Expected>(['no-stream', 'any'])('starts an absent stream under %s', async (expected) => {
    const stream = freshStream();
    expect((await context.store.append(stream, events(1), expected)).revision).toBe(0);
  });

  it.each<Expected>([2, 'any', 'stream-exists'])('goes on after revision 2 under %s', async (expected) => {
    const stream = freshStream();
    await context.store.append(stream, events(3), 'no-stream');
    expect((await context.store.append(stream, events(1), expected)).revision).toBe(3);
  });

  it.each<Expected>([0, 7, 'stream-exists'])('refuses %s for an absent stream', async (expected) => {
    const stream = freshStream();
    const error = await refusal(stream, expected);
    expect(error).toBeInstanceOf(WrongRevision);
    expect(error).toMatchObject({ stream, expected, actual: 'no-stream' });
    expect(await context.store.read(stream)).toEqual([]);
  });

  it.each<Expected>([0, 1, 3, 'no-stream'])('refuses %s when the stream stands at 2', async (expected) => {
    const stream = freshStream();
    await context.store.append(stream, events(3), 'no-stream');
    const error = await refusal(stream, expected);
    expect(error).toBeInstanceOf(WrongRevision);
    expect(error).toMatchObject({ stream, expected, actual: 2 });
    expect(await context.store.read(stream)).toHaveLength(3);
  });

  it('judges each stream by itself', async () => {
    const [one, other] = [freshStream(), freshStream()];
    await context.store.append(one, events(5), 'no-stream');
    expect((await context.store.append(other, events(1), 'no-stream')).revision).toBe(0);
    expect((await context.store.append(one, events(1), 4)).revision).toBe(5);
  });
};

const retrying = (context: Context): void => {
  it.each<[Expected, number]>([
    ['no-stream', 0],
    [1, 2],
  ])('answers a retry under %s as the first time, however late, and records nothing', async (expected, earlier) => {
    const stream = freshStream();
    const { store } = context;
    if (earlier > 0) await store.append(stream, events(earlier), 'no-stream');
    const given = events(2);
    const original = await store.append(stream, given, expected);
    expect(await store.append(stream, given, expected)).toEqual(original);
    await store.append(stream, events(3), original.revision);
    expect(await store.append(stream, given, expected)).toEqual(original);
    expect(await store.read(stream)).toHaveLength(earlier + 5);
  });

  it.each<Expected>(['any', 'stream-exists'])(
    'answers an immediate retry under %s as the first time',
    async (expected) => {
      const stream = freshStream();
      const { store } = context;
      await store.append(stream, events(1), 'no-stream');
      const given = events(2);
      const original = await store.append(stream, given, expected);
      expect(await store.append(stream, given, expected)).toEqual(original);
      expect(await store.read(stream)).toHaveLength(3);
    },
  );

  it.each<[string, (given: NewEvent[]) => NewEvent[]]>([
    ['whose first id differs', ([, ...rest]) => [event(), ...rest]],
    ['whose last id differs', (given) => [...given.slice(0, -1), event()]],
    ['in another order', (given) => [...given].reverse()],
    ['that brings one event more', (given) => [...given, event()]],
  ])('refuses a retry %s', async (_, change) => {
    const stream = freshStream();
    const { store } = context;
    await store.append(stream, events(1), 'no-stream');
    const given = events(3);
    await store.append(stream, given, 0);
    await expect(store.append(stream, change(given), 0)).rejects.toBeInstanceOf(WrongRevision);
    expect(await store.read(stream)).toHaveLength(4);
  });

  it.each<Expected>(['any', 'stream-exists'])('refuses under %s what is recorded only in part', async (expected) => {
    const stream = freshStream();
    const { store } = context;
    const given = events(2);
    await store.append(stream, given, 'any');
    await expect(store.append(stream, [...given, event()], expected)).rejects.toBeInstanceOf(WrongRevision);
    expect(await store.read(stream)).toHaveLength(2);
  });

  it('compares ids only, and keeps what was recorded first', async () => {
    const stream = freshStream();
    const given = event();
    await context.store.append(stream, [given], 'no-stream');
    await context.store.append(stream, [{ ...given, data: { changed: true } }], 'no-stream');
    expect(await context.store.read(stream)).toMatchObject([{ data: given.data }]);
  });

  it('takes the same id in another stream', async () => {
    const [one, other] = [freshStream(), freshStream()];
    const given = events(2);
    await context.store.append(one, given, 'no-stream');
    expect((await context.store.append(other, given, 'no-stream')).revision).toBe(1);
    expect(await context.store.read(other)).toHaveLength(2);
  });
};

const racing = (context: Context): void => {
  it('keeps revisions without gaps, positions growing, and each append together', async () => {
    const streams = [freshStream(), freshStream(), freshStream()];
    const asked = Array.from({ length: 60 }, (_, n) => ({ stream: streams[n % 3] ?? '', given: events(1 + (n % 4)) }));
    const answers = await Promise.all(asked.map(({ stream, given }) => context.store.append(stream, given, 'any')));
    for (const stream of streams) {
      const recorded = await context.store.read(stream);
      expect(recorded.map(({ revision }) => revision)).toEqual(recorded.map((_, n) => n));
      expectGrowing(recorded.map(({ position }) => position));
    }
    for (const [n, { stream, given }] of asked.entries()) {
      const last = answers[n]?.revision ?? -1;
      const recorded = await context.store.read(stream, { from: last - given.length + 1, limit: given.length });
      expect(recorded.map(({ id }) => id)).toEqual(given.map(({ id }) => id));
      expect(recorded.at(-1)?.position).toBe(answers[n]?.position);
    }
  });

  it('lets one of many win a revision, and tells the others', async () => {
    const stream = freshStream();
    const asked = Array.from({ length: 20 }, () => events(2));
    const results = await Promise.allSettled(asked.map((given) => context.store.append(stream, given, 'no-stream')));
    const lost = results.filter((result) => result.status === 'rejected');
    expect(lost).toHaveLength(19);
    for (const { reason } of lost) expect(reason).toBeInstanceOf(WrongRevision);
    const winner = asked[results.findIndex(({ status }) => status === 'fulfilled')];
    expect((await context.store.read(stream)).map(({ id }) => id)).toEqual(winner?.map(({ id }) => id));
  });

  it('records every append of a crowd in which others are refused', async () => {
    const taken = freshStream();
    await context.store.append(taken, events(1), 'no-stream');
    const results = await Promise.allSettled(
      Array.from({ length: 30 }, (_, n) =>
        context.store.append(n % 2 ? taken : freshStream(), n % 3 ? events(2) : events(1), 'no-stream'),
      ),
    );
    expect(results.map(({ status }) => status)).toEqual(
      Array.from({ length: 30 }, (_, n) => (n % 2 ? 'rejected' : 'fulfilled')),
    );
    expect(await context.store.read(taken)).toHaveLength(1);
  });

  it('records once what is appended twice at the same time', async () => {
    const stream = freshStream();
    const given = events(2);
    const [one, other] = await Promise.all([
      context.store.append(stream, given, 'no-stream'),
      context.store.append(stream, given, 'no-stream'),
    ]);
    expect(one).toEqual(other);
    expect(await context.store.read(stream)).toHaveLength(2);
  });
};

const reading = (context: Context): void => {
  const revisions = async (stream: string, options?: Parameters<EventStore['read']>[1]) =>
    (await context.store.read(stream, options)).map(({ revision }) => revision);
  const streamOfSix = async () => {
    const stream = freshStream();
    await context.store.append(stream, events(6), 'no-stream');
    return stream;
  };

  it('reads an absent stream as empty, both ways', async () => {
    expect(await context.store.read(freshStream())).toEqual([]);
    expect(await context.store.read(freshStream(), { direction: 'backwards', limit: 1 })).toEqual([]);
  });

  it('reads forwards from the first event', async () => {
    expect(await revisions(await streamOfSix())).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('reads backwards from the last event', async () => {
    expect(await revisions(await streamOfSix(), { direction: 'backwards' })).toEqual([5, 4, 3, 2, 1, 0]);
  });

  it('includes the event it starts from', async () => {
    const stream = await streamOfSix();
    expect(await revisions(stream, { from: 4 })).toEqual([4, 5]);
    expect(await revisions(stream, { from: 1, direction: 'backwards' })).toEqual([1, 0]);
    expect(await revisions(stream, { from: 0, direction: 'backwards' })).toEqual([0]);
  });

  it('ends at the limit', async () => {
    const stream = await streamOfSix();
    expect(await revisions(stream, { limit: 2 })).toEqual([0, 1]);
    expect(await revisions(stream, { limit: 2, direction: 'backwards' })).toEqual([5, 4]);
    expect(await revisions(stream, { from: 2, limit: 3 })).toEqual([2, 3, 4]);
    expect(await revisions(stream, { limit: 100 })).toHaveLength(6);
  });

  it('reads nothing from past the end', async () => {
    expect(await revisions(await streamOfSix(), { from: 6 })).toEqual([]);
  });

  it('reads a stream and not one whose name begins alike', async () => {
    const stream = await streamOfSix();
    await context.store.append(`${stream}0`, events(1), 'no-stream');
    expect(await context.store.read(stream)).toHaveLength(6);
  });

  it('sees an append as soon as it is acknowledged', async () => {
    const stream = freshStream();
    for (let n = 0; n < 5; n += 1) {
      await context.store.append(stream, events(1), 'any');
      expect(await context.store.read(stream)).toHaveLength(n + 1);
    }
  });
};

const readingAll = (context: Context): void => {
  const seven = async () => {
    const [one, other] = [freshCategory(), freshCategory()];
    const streams = [`${one}-1`, `${other}-1`, `${one}-2`, `${one}-1`, `${other}-2`, `${one}-1`, `${other}-1`];
    const before = await context.store.head();
    for (const stream of streams) await context.store.append(stream, events(1), 'any');
    return { one, other, streams, before };
  };
  const streamsOf = (read: readonly RecordedEvent[]) => read.map(({ stream }) => stream);

  it('reads the log in its order', async () => {
    const { one, other, streams, before } = await seven();
    const read = await context.store.readAll({ after: before, limit: 100, categories: [one, other] });
    expect(streamsOf(read)).toEqual(streams);
    expectGrowing(read.map(({ position }) => position));
  });

  it('reads all categories when none is named', async () => {
    const { streams, before } = await seven();
    const read = await context.store.readAll({ after: before, limit: 100 });
    expect(streamsOf(read).filter((stream) => streams.includes(stream))).toEqual(streams);
  });

  it('gives the same events as reading their streams', async () => {
    const { one, before } = await seven();
    const [first] = await context.store.readAll({ after: before, limit: 1, categories: [one] });
    expect([first]).toEqual(await context.store.read(`${one}-1`, { limit: 1 }));
  });

  it('reads only the categories named, and none whose name begins alike', async () => {
    const { one, other, streams } = await seven();
    await context.store.append(`${one}x-1`, events(1), 'no-stream');
    const read = (categories: string[]) => context.store.readAll({ after: 'start', limit: 100, categories });
    expect(streamsOf(await read([one]))).toEqual(streams.filter((stream) => stream.startsWith(`${one}-`)));
    expect(streamsOf(await read([other, freshCategory(), one]))).toEqual(streams);
    expect(await read([freshCategory()])).toEqual([]);
  });

  it('goes on after a position, which is not read again', async () => {
    const { one, other, streams } = await seven();
    const read: RecordedEvent[] = [];
    for (let page: readonly RecordedEvent[]; ; read.push(...page)) {
      page = await context.store.readAll({
        after: read.at(-1)?.position ?? 'start',
        limit: 2,
        categories: [one, other],
      });
      expect(page.length).toBeLessThanOrEqual(2);
      if (page.length === 0) break;
    }
    expect(streamsOf(read)).toEqual(streams);
  });

  it('has its head at the last event', async () => {
    const first = await context.store.readAll({ after: 'start', limit: 1 });
    expect((await context.store.head()) === 0n).toBe(first.length === 0);
    const { position } = await context.store.append(freshStream(), events(2), 'no-stream');
    const head = await context.store.head();
    expect(head >= position).toBe(true);
    expect(await context.store.readAll({ after: head, limit: 1 })).toEqual([]);
  });
};

const subscribing = (context: Context): void => {
  it('delivers what is there, then what comes, in the order of the log', async () => {
    const category = freshCategory();
    const given = events(6);
    await context.store.append(`${category}-1`, given.slice(0, 2), 'no-stream');
    await context.store.append(`${category}-2`, given.slice(2, 4), 'no-stream');
    const reader = await subscribe(context, { after: 'start', categories: [category] });
    await reader.until(4);
    await context.store.append(`${category}-1`, given.slice(4), 1);
    await reader.until(6);
    expect(reader.ids()).toEqual(given.map(({ id }) => id));
    expect(reader.seen).toEqual(await context.store.readAll({ after: 'start', limit: 100, categories: [category] }));
  });

  it('starts behind the position it is given', async () => {
    const category = freshCategory();
    const given = events(4);
    const { position } = await context.store.append(`${category}-1`, given.slice(0, 2), 'no-stream');
    await context.store.append(`${category}-1`, given.slice(2), 1);
    const reader = await subscribe(context, { after: position, categories: [category] });
    await reader.until(2);
    expect(reader.ids()).toEqual(given.slice(2).map(({ id }) => id));
  });

  it('delivers only the categories named, all when none is', async () => {
    const [one, other] = [freshCategory(), freshCategory()];
    const after = await context.store.head();
    const some = await subscribe(context, { after, categories: [one] });
    const all = await subscribe(context, { after });
    for (const stream of [`${other}-1`, `${one}-1`, `${one}x-1`, `${other}-2`, `${one}-2`])
      await context.store.append(stream, events(1), 'no-stream');
    await some.until(2);
    await all.untilSeen((seen) => seen.some(({ stream }) => stream === `${one}-2`));
    expect(some.seen.map(({ stream }) => stream)).toEqual([`${one}-1`, `${one}-2`]);
    const mine = all.seen.map(({ stream }) => stream).filter((s) => s.startsWith(one) || s.startsWith(other));
    expect(mine).toEqual([`${other}-1`, `${one}-1`, `${one}x-1`, `${other}-2`, `${one}-2`]);
  });

  it('waits for the handler before it delivers the next event', async () => {
    const category = freshCategory();
    let running = 0;
    let most = 0;
    await context.store.append(`${category}-1`, events(5), 'no-stream');
    const reader = await subscribe(context, { after: 'start', categories: [category] }, async () => {
      most = Math.max(most, ++running);
      await moment();
      running -= 1;
    });
    for (let n = 0; n < 5; n += 1) await context.store.append(`${category}-${n + 2}`, events(1), 'no-stream');
    await reader.until(10);
    expect(most).toBe(1);
  });

  it('passes from the past to the present without a gap or a repetition while appends race', async () => {
    const category = freshCategory();
    const appendSome = (writer: number) =>
      inTurn(40, (n) => context.store.append(`${category}-${writer}`, events(1 + (n % 3)), 'any'));
    await appendSome(0);
    const racingWriters = [1, 2, 3, 4].map(appendSome);
    const reader = await subscribe(context, { after: 'start', categories: [category] });
    await Promise.all(racingWriters);
    const all = await context.store.readAll({ after: 'start', limit: 10_000, categories: [category] });
    await reader.until(all.length);
    await moment();
    expect(reader.ids()).toEqual(all.map(({ id }) => id));
  });

  it('gives each subscription every event', async () => {
    const category = freshCategory();
    const readers = [
      await subscribe(context, { after: 'start', categories: [category] }),
      await subscribe(context, { after: 'start', categories: [category] }),
    ];
    await context.store.append(`${category}-1`, events(3), 'no-stream');
    for (const reader of readers) await reader.until(3);
    expect(readers[0]?.ids()).toEqual(readers[1]?.ids());
  });

  it('lets a handler append', async () => {
    const category = freshCategory();
    const reader = await subscribe(context, { after: 'start', categories: [category] }, async ({ revision }) => {
      if (revision < 4) await context.store.append(`${category}-1`, events(1), revision);
    });
    await context.store.append(`${category}-1`, events(1), 'no-stream');
    await reader.until(5);
    expect(reader.seen.map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4]);
  });

  it('stops when the handler is idle, and delivers nothing more', async () => {
    const category = freshCategory();
    let idle = true;
    await context.store.append(`${category}-1`, events(3), 'no-stream');
    const reader = await subscribe(context, { after: 'start', categories: [category] }, async () => {
      idle = false;
      await moment();
      await moment();
      idle = true;
    });
    await eventually(() => !idle);
    await reader.stop();
    expect(idle).toBe(true);
    const count = reader.seen.length;
    await context.store.append(`${category}-1`, events(2), 'any');
    await moment();
    expect(reader.seen).toHaveLength(count);
    await reader.stop();
  });

  it('stops while it waits for events', async () => {
    const category = freshCategory();
    const reader = await subscribe(context, { after: 'start', categories: [category] });
    await moment();
    await reader.stop();
    await context.store.append(`${category}-1`, events(1), 'no-stream');
    await moment();
    expect(reader.seen).toEqual([]);
  });

  it('is resumed by another one from the last position', async () => {
    const category = freshCategory();
    const given = events(5);
    await context.store.append(`${category}-1`, given, 'no-stream');
    const first = await subscribe(context, { after: 'start', categories: [category] }, async ({ revision }) => {
      if (revision === 2) void first.stop();
    });
    await first.until(3);
    await first.stop();
    const after = first.seen.at(-1)?.position ?? 'start';
    const second = await subscribe(context, { after, categories: [category] });
    await second.until(2);
    expect([...first.ids(), ...second.ids()]).toEqual(given.map(({ id }) => id));
  });
};

const failing = (context: Context): void => {
  it('delivers an event again until it is handled, then goes on, and tells of every failure', async () => {
    const category = freshCategory();
    const told: [string, string | undefined][] = [];
    const tries: number[] = [];
    await context.store.append(`${category}-1`, events(3), 'no-stream');
    const reader = await subscribe(
      context,
      {
        after: 'start',
        categories: [category],
        onError: (error, failed) => told.push([(error as Error).message, failed?.id]),
      },
      async ({ revision }) => {
        tries.push(revision);
        if (revision === 1 && tries.length < 5) throw new Error(`try ${tries.length}`);
      },
    );
    await reader.until(3);
    expect(tries).toEqual([0, 1, 1, 1, 1, 2]);
    const id = reader.ids()[1];
    expect(told).toEqual([
      ['try 2', id],
      ['try 3', id],
      ['try 4', id],
    ]);
  });

  it('survives a handler that throws at once, and an onError that throws', async () => {
    const category = freshCategory();
    let failures = 0;
    const seen: number[] = [];
    const subscription = await context.store.subscribe(
      {
        after: 'start',
        categories: [category],
        onError: () => {
          throw new Error('nobody listens');
        },
      },
      ({ revision }) => {
        if (failures++ < 2) throw new Error('at once');
        seen.push(revision);
        return Promise.resolve();
      },
    );
    await context.store.append(`${category}-1`, events(2), 'no-stream');
    await eventually(() => seen.length === 2);
    await subscription.stop();
    expect(seen).toEqual([0, 1]);
  });

  it('does not hold up other subscriptions or appends while one fails', async () => {
    const category = freshCategory();
    const stuck = await subscribe(context, { after: 'start', categories: [category] }, async () => {
      throw new Error('never');
    });
    const other = await subscribe(context, { after: 'start', categories: [category] });
    for (let n = 0; n < 5; n += 1) await context.store.append(`${category}-1`, events(1), 'any');
    await other.until(5);
    expect(stuck.seen).toEqual([]);
  });

  it('stops while it waits to try again', async () => {
    const category = freshCategory();
    let tries = 0;
    await context.store.append(`${category}-1`, events(1), 'no-stream');
    const reader = await subscribe(context, { after: 'start', categories: [category] }, async () => {
      tries += 1;
      throw new Error('never');
    });
    await eventually(() => tries >= 3);
    await reader.stop();
    const count = tries;
    await moment();
    expect(tries).toBe(count);
  });
};

const restarting = (context: Context): void => {
  it('ends subscriptions and takes no more appends when it is closed', async () => {
    const category = freshCategory();
    let idle = true;
    await context.store.append(`${category}-1`, events(3), 'no-stream');
    await context.store.subscribe({ after: 'start', categories: [category] }, async () => {
      idle = false;
      await moment();
      idle = true;
    });
    await eventually(() => !idle);
    await context.store.close();
    expect(idle).toBe(true);
    await expect(context.store.append(`${category}-1`, events(1), 2)).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(context.store.read(`${category}-1`)).rejects.toBeInstanceOf(StoreUnavailable);
    await context.store.close();
  });

  it('waits for appends under way when it is closed', async () => {
    const stream = freshStream();
    const under = Array.from({ length: 10 }, () => context.store.append(stream, events(2), 'any'));
    await context.store.close();
    const answers = await Promise.all(under);
    await context.reopen();
    expect(await context.store.read(stream)).toHaveLength(20);
    expect(answers.map(({ revision }) => revision).sort((a, b) => a - b)).toEqual(under.map((_, n) => 2 * n + 1));
  });

  it('keeps every event, its revision and its position over a restart', async () => {
    const category = freshCategory();
    const stream = `${category}-1`;
    await context.store.append(stream, [{ ...event(), data: awkwardData }, event()], 'no-stream');
    await context.store.append(`${category}-2`, events(2), 'no-stream');
    const before = await context.store.readAll({ after: 'start', limit: 100, categories: [category] });
    await context.reopen();
    expect(await context.store.readAll({ after: 'start', limit: 100, categories: [category] })).toEqual(before);
    expect(await context.store.read(stream)).toEqual(before.filter((recorded) => recorded.stream === stream));
  });

  it('goes on counting after a restart', async () => {
    const stream = freshStream();
    const before = await context.store.append(stream, events(2), 'no-stream');
    await context.reopen();
    const after = await context.store.append(stream, events(1), 1);
    expect(after.revision).toBe(2);
    expectGrowing([before.position, after.position]);
    expect((await context.store.head()) >= after.position).toBe(true);
  });

  it('answers a retry after a restart as the first time', async () => {
    const stream = freshStream();
    const [first, second] = [events(2), events(2)];
    const answers = [
      await context.store.append(stream, first, 'no-stream'),
      await context.store.append(stream, second, 1),
    ];
    await context.reopen();
    expect(await context.store.append(stream, first, 'no-stream')).toEqual(answers[0]);
    expect(await context.store.append(stream, second, 1)).toEqual(answers[1]);
    await expect(context.store.append(stream, events(2), 1)).rejects.toBeInstanceOf(WrongRevision);
    expect(await context.store.read(stream)).toHaveLength(4);
  });

  it('resumes a subscription from a position noted before the restart', async () => {
    const category = freshCategory();
    const given = events(4);
    const { position } = await context.store.append(`${category}-1`, given.slice(0, 3), 'no-stream');
    await context.reopen();
    await context.store.append(`${category}-1`, given.slice(3), 2);
    const reader = await subscribe(context, { after: position, categories: [category] });
    await reader.until(1);
    expect(reader.ids()).toEqual([given[3]?.id]);
  });
};

const run = `${Date.now().toString(36)}${process.pid}`;
let counter = 0;
const freshCategory = (): string => `contract${run}n${++counter}`;
const freshStream = (): string => `${freshCategory()}-1`;

const metadata: EventMetadata = {
  actor: { id: '0e7b9c3a-2d5f-4a55-9d50-b1f1d7a5c001', kind: 'user' },
  authentication: { amr: ['pwd', 'mfa'], acr: '1', acrs: ['c1'], authTime: '2026-03-01T09:00:00.000Z' },
  correlationId: 'corrélation-→',
  causationId: 'command-1',
};

const event = (): NewEvent => ({
  id: `00000000-0000-5000-8000-${(++counter).toString(16).padStart(12, '0')}`,
  type: 'Happened',
  version: 1,
  data: { number: counter },
  metadata: counter % 2 ? metadata : { ...metadata, authentication: null },
});

const events = (count: number): NewEvent[] => Array.from({ length: count }, event);

const awkwardData = {
  'z before a': 'Grüße, 世界, 👩🏽‍🚀, \u2028, \u0000, "quoted" \\ \n',
  a: { nested: [[], {}, [null, false, 0, '']], '': 'empty name', '€': 1, é: 2 },
  numbers: [0, -1, 0.1, 1e21, 1e-7, 5e-324, 2 ** 53 - 1, -1.7976931348623157e308],
  text: '',
  nothing: null,
};

const expectGrowing = (positions: readonly Position[]): void => {
  expect(positions.every((position, n) => n === 0 || position > (positions[n - 1] ?? position))).toBe(true);
};

const moment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

/** Fails by the test's own time limit. */
const eventually = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await moment();
};

const inTurn = async (times: number, step: (n: number) => Promise<unknown>): Promise<void> => {
  for (let n = 0; n < times; n += 1) await step(n);
};

/** A subscription that notes what was handled. */
const subscribe = async (
  { store }: Context,
  options: SubscribeOptions,
  handle: (event: RecordedEvent) => Promise<void> = () => Promise.resolve(),
) => {
  const seen: RecordedEvent[] = [];
  const subscription = await store.subscribe(options, async (recorded) => {
    await handle(recorded);
    seen.push(recorded);
  });
  return {
    seen,
    ids: () => seen.map(({ id }) => id),
    until: (count: number) => eventually(() => seen.length >= count),
    untilSeen: (condition: (seen: readonly RecordedEvent[]) => boolean) => eventually(() => condition(seen)),
    stop: () => subscription.stop(),
  };
};
