import type { Bus, Parked } from '../ports/bus';
import { DocumentsUnavailable } from '../ports/documents';
import { StoreUnavailable, WrongRevision, type RecordedEvent } from '../ports/event-store';

/**
 * What every `Bus` must do, sentence by sentence of the port. The bus may be shared with others and may hand over
 * events of earlier tests: each test looks at streams of its own, through groups of its own. `make` is called once per
 * test; a bus it makes should pause for milliseconds between tries, so that parking does not outlast a test.
 */
export const busContract = (name: string, make: () => Promise<Bus>): void => {
  describe(`${name}: bus contract`, () => {
    const context = createContext();
    beforeEach(async () => context.begin(await make()));
    afterEach(() => context.bus.close());

    describe('delivery', () => delivering(context));
    describe('order', () => ordering(context));
    describe('groups', () => grouping(context));
    describe('a handler that fails', () => failing(context));
    describe('replay', () => replaying(context));
    describe('close', () => closing(context));
  });
};

interface Context {
  readonly bus: Bus;
  /** A stream, and a group, that nobody has used before. */
  stream(category?: string): string;
  group(): string;
  /** Consumes and notes what was handled of this test's streams; `handle` sees nothing else either. */
  consume(
    handle?: Handle,
    options?: { readonly group?: string; readonly categories?: readonly string[] },
  ): Promise<Consumer>;
}

type Handle = (event: RecordedEvent) => Promise<void>;

interface Consumer {
  readonly group: string;
  /** What was handled, in the order in which it was. */
  readonly handled: readonly RecordedEvent[];
  until(count: number): Promise<void>;
  untilParked(count: number): Promise<readonly Parked[]>;
}

let counter = 0;
const run = `${Date.now().toString(36)}${process.pid}`;

const createContext = (): Context & { begin(bus: Bus): void } => {
  let [made, test]: [Bus | null, string] = [null, ''];
  const bus = (): Bus => {
    if (!made) throw new Error('No test is running.');
    return made;
  };
  const group = (): string => `pim.contract.${run}n${++counter}`;
  return {
    begin: (next) => ([made, test] = [next, `${run}n${++counter}`]),
    get bus() {
      return bus();
    },
    stream: (category = 'request') => `${category}-${test}-${++counter}`,
    group,
    consume: (handle = async () => undefined, options = {}) => {
      const { categories = ['request'] } = options;
      const consumer = { bus: bus(), test, group: options.group ?? group(), categories };
      return consumeNoting(consumer, handle);
    },
  };
};

const consumeNoting = async (
  { bus, test, group, categories }: { bus: Bus; test: string; group: string; categories: readonly string[] },
  handle: Handle,
): Promise<Consumer> => {
  const handled: RecordedEvent[] = [];
  const isOurs = ({ stream }: RecordedEvent): boolean => stream.includes(`-${test}-`);
  await bus.consume({ group, categories }, (event) => {
    if (!isOurs(event)) return Promise.resolve();
    const handling = handle(event);
    return Promise.resolve(handling).then(() => void handled.push(event));
  });
  const parked = async () => (await bus.parked()).filter((one) => one.group === group && isOurs(one.event));
  return {
    group,
    handled,
    until: (count) => eventually(async () => handled.length >= count),
    untilParked: async (count) => {
      await eventually(async () => (await parked()).length >= count);
      return parked();
    },
  };
};

const delivering = (context: Context): void => {
  it('hands over an event as it was recorded', async () => {
    const consumer = await context.consume();
    const event = { ...eventOf(context.stream(), 7), data: { text: 'Grüße, 👩🏽', list: [null, 0.1, { x: '' }] } };
    await context.bus.publish(event);
    await consumer.until(1);
    expect(consumer.handled).toEqual([event]);
  });

  it('hands over only the categories that were asked for', async () => {
    const consumer = await context.consume(undefined, { categories: ['request', 'approval'] });
    const streams = ['alert', 'request', 'policy', 'approval'].map((category) => context.stream(category));
    for (const stream of streams) await context.bus.publish(eventOf(stream));
    await consumer.until(2);
    await moment();
    expect(streamsOf(consumer).sort()).toEqual([streams[1], streams[3]].sort());
  });

  it('takes events that nobody asks for', async () => {
    await context.consume();
    await expect(context.bus.publish(eventOf(context.stream('alert')))).resolves.toBeUndefined();
  });

  it('takes an event that is published twice and goes on after it', async () => {
    const consumer = await context.consume();
    const stream = context.stream();
    for (const revision of [0, 0, 1, 0, 1, 2]) await context.bus.publish(eventOf(stream, revision));
    await eventually(async () => revisionsOf(consumer, stream).at(-1) === 2);
    expect(new Set(revisionsOf(consumer, stream))).toEqual(new Set([0, 1, 2]));
  });
};

const ordering = (context: Context): void => {
  it('hands over the events of a stream in order and one at a time, however long each takes', async () => {
    const streams = [1, 2, 3, 4].map(() => context.stream());
    const underWay = new Set<string>();
    const overlaps: string[] = [];
    const consumer = await context.consume(async ({ stream, revision }) => {
      if (underWay.has(stream)) overlaps.push(stream);
      underWay.add(stream);
      for (let n = (revision * 5 + stream.length) % 4; n > 0; n -= 1) await moment();
      underWay.delete(stream);
    });
    await Promise.all(streams.map((stream) => publishAll(context.bus, stream, 12)));
    await consumer.until(48);
    for (const stream of streams) expect(revisionsOf(consumer, stream)).toEqual(upTo(12));
    expect(overlaps).toEqual([]);
  });

  it('keeps the order of a stream while one of its events is tried again', async () => {
    const stream = context.stream();
    const tries: number[] = [];
    const consumer = await context.consume(async ({ revision }) => {
      tries.push(revision);
      if (revision === 1 && tries.filter((one) => one === 1).length < 2) throw new Error('not yet');
    });
    await publishAll(context.bus, stream, 4);
    await consumer.until(4);
    expect(revisionsOf(consumer, stream)).toEqual(upTo(4));
    expect(tries).toEqual([0, 1, 1, 2, 3]);
  });
};

const grouping = (context: Context): void => {
  it('gives each group every event', async () => {
    const consumers = [await context.consume(), await context.consume()];
    const stream = context.stream();
    await publishAll(context.bus, stream, 3);
    for (const consumer of consumers) {
      await consumer.until(3);
      expect(revisionsOf(consumer, stream)).toEqual(upTo(3));
    }
  });

  it('lets members of one group share the work, each stream still in order', async () => {
    const group = context.group();
    const done: RecordedEvent[] = [];
    const work = async (event: RecordedEvent) => {
      if (event.revision % 2 === 0) await moment();
      done.push(event);
    };
    const members = [await context.consume(work, { group }), await context.consume(work, { group })];
    const streams = upTo(6).map(() => context.stream());
    await Promise.all(streams.map((stream) => publishAll(context.bus, stream, 5)));
    await eventually(async () => members.reduce((sum, { handled }) => sum + handled.length, 0) >= 30);
    await moment();
    for (const stream of streams)
      expect(done.filter((one) => one.stream === stream).map(({ revision }) => revision)).toEqual(upTo(5));
  });

  it('keeps the failures of one group from the others', async () => {
    const stream = context.stream();
    const failingOne = await context.consume(() => Promise.reject(new Error('never')));
    const other = await context.consume();
    await publishAll(context.bus, stream, 2);
    await other.until(2);
    await failingOne.untilParked(2);
    expect(revisionsOf(other, stream)).toEqual([0, 1]);
    expect(await other.untilParked(0)).toEqual([]);
    expect(failingOne.handled).toEqual([]);
  });
};

const failures: readonly (readonly [string, () => Promise<void>])[] = [
  ['an Error', () => Promise.reject(new Error('poison'))],
  ['a TypeError', () => Promise.reject(new TypeError('poison'))],
  ['a SyntaxError', () => Promise.reject(new SyntaxError('poison'))],
  [
    'an error whose name says "retriable"',
    () => Promise.reject(Object.assign(new Error('poison'), { retriable: true })),
  ],
  ['an Error, at once', thrower(new Error('poison'))],
  ['text', thrower('poison')],
  ['nothing', thrower(undefined)],
  ['null', thrower(null)],
  ['an object that has no text', () => Promise.reject(Object.create(null))],
  ['an object that fails when it is looked at', thrower(hostile())],
];

function thrower(thrown: unknown): () => never {
  return () => {
    throw thrown;
  };
}

function hostile(): object {
  const refuse = thrower(new Error('do not look'));
  return Object.defineProperties({}, { message: { get: refuse }, name: { get: refuse }, toString: { get: refuse } });
}

const failing = (context: Context): void => {
  it('gets the event again', async () => {
    let tries = 0;
    const consumer = await context.consume(async () => {
      tries += 1;
      if (tries < 3) throw new Error('not yet');
    });
    await context.bus.publish(eventOf(context.stream()));
    await consumer.until(1);
    expect(tries).toBe(3);
    expect(await consumer.untilParked(0)).toEqual([]);
  });

  it.each([
    ['a store that is away', () => new StoreUnavailable('away')],
    ['read models that are away', () => new DocumentsUnavailable('away')],
    ['a lost race', () => new WrongRevision('request-1', 0, 1)],
  ])('is waited out, however long it takes, when it is %s, and parks nothing', async (_, error) => {
    let tries = 0;
    const consumer = await context.consume(async () => {
      tries += 1;
      if (tries < 12) throw error();
    });
    await context.bus.publish(eventOf(context.stream()));
    await consumer.until(1);
    expect(tries).toBe(12);
    expect(await consumer.untilParked(0)).toEqual([]);
  });

  it.each(failures)('with %s has the event parked after several tries, and gets the next ones', async (_, fail) => {
    const stream = context.stream();
    let tries = 0;
    const consumer = await context.consume((event) => {
      if (event.revision !== 1) return Promise.resolve();
      tries += 1;
      return fail();
    });
    await publishAll(context.bus, stream, 4);
    await consumer.until(3);
    const parked = await consumer.untilParked(1);
    expect(revisionsOf(consumer, stream)).toEqual([0, 2, 3]);
    expect(parked).toEqual([{ group: consumer.group, event: eventOf(stream, 1), reason: text, since: instant, tries }]);
    expect(tries).toBeGreaterThan(1);
  });

  it('has its message kept as the reason, without the stack and at a bounded length', async () => {
    const consumer = await context.consume(({ revision }) =>
      Promise.reject(new Error(revision === 0 ? 'the role is unknown' : 'x'.repeat(100_000))),
    );
    await publishAll(context.bus, context.stream(), 2);
    const reasons = (await consumer.untilParked(2)).map(({ reason }) => reason);
    expect(reasons[0]).toBe('the role is unknown');
    expect(reasons[1]?.length).toBeLessThanOrEqual(1_000);
  });

  it('does not hold up other streams', async () => {
    const [poisoned, healthy] = [context.stream(), context.stream()];
    const consumer = await context.consume(({ stream }) =>
      stream === poisoned ? Promise.reject(new Error('never')) : Promise.resolve(),
    );
    await Promise.all([publishAll(context.bus, poisoned, 2), publishAll(context.bus, healthy, 3)]);
    await consumer.until(3);
    expect(revisionsOf(consumer, healthy)).toEqual(upTo(3));
    expect(await consumer.untilParked(2)).toHaveLength(2);
  });
};

const replaying = (context: Context): void => {
  it('handles what was parked once the cause is gone', async () => {
    const stream = context.stream();
    let isBroken = true;
    const consumer = await context.consume(async () => {
      if (isBroken) throw new Error('broken');
    });
    await publishAll(context.bus, stream, 3);
    await consumer.untilParked(3);
    isBroken = false;
    expect(await context.bus.replay(consumer.group)).toBe(3);
    expect(revisionsOf(consumer, stream)).toEqual(upTo(3));
    expect(await consumer.untilParked(0)).toEqual([]);
    expect(await context.bus.replay(consumer.group)).toBe(0);
    expect(consumer.handled).toHaveLength(3);
  });

  it('leaves parked what fails again, with the new reason', async () => {
    const stream = context.stream();
    let reason = 'first';
    const consumer = await context.consume(async ({ revision }) => {
      if (revision !== 1 || reason === 'first') throw new Error(reason);
    });
    await publishAll(context.bus, stream, 3);
    const before = (await consumer.untilParked(3)).find(({ event }) => event.revision === 0);
    reason = 'second';
    expect(await context.bus.replay(consumer.group)).toBe(1);
    const parked = await consumer.untilParked(0);
    expect(parked.map(({ event }) => event.revision).sort()).toEqual([0, 2]);
    expect(parked.map((one) => one.reason)).toEqual(['second', 'second']);
    // It lies there as long as before, and was tried once more.
    const [after] = parked.filter(({ event }) => event.revision === 0);
    expect([after?.since, after?.tries]).toEqual([before?.since, Number(before?.tries) + 1]);
  });

  it('concerns one event only where that is asked for', async () => {
    const stream = context.stream();
    let isBroken = true;
    const consumer = await context.consume(async () => {
      if (isBroken) throw new Error('broken');
    });
    await publishAll(context.bus, stream, 3);
    await consumer.untilParked(3);
    isBroken = false;
    expect(await context.bus.replay(consumer.group, eventOf(stream, 1).id)).toBe(1);
    expect(revisionsOf(consumer, stream)).toEqual([1]);
    expect(await context.bus.replay(consumer.group, eventOf(stream, 1).id)).toBe(0);
    expect(await context.bus.replay(consumer.group, eventOf(context.stream()).id)).toBe(0);
    expect(await consumer.untilParked(2)).toHaveLength(2);
  });

  it('concerns one group only', async () => {
    let isBroken = true;
    const handle = async () => {
      if (isBroken) throw new Error('broken');
    };
    const [one, other] = [await context.consume(handle), await context.consume(handle)];
    await context.bus.publish(eventOf(context.stream()));
    await one.untilParked(1);
    await other.untilParked(1);
    isBroken = false;
    expect(await context.bus.replay(one.group)).toBe(1);
    expect(other.handled).toEqual([]);
    expect(await other.untilParked(0)).toHaveLength(1);
  });

  it('goes side by side with new events', async () => {
    const stream = context.stream();
    let isBroken = true;
    const consumer = await context.consume(async () => {
      if (isBroken) throw new Error('broken');
      await moment();
    });
    await context.bus.publish(eventOf(stream, 0));
    await consumer.untilParked(1);
    isBroken = false;
    const [count] = await Promise.all([context.bus.replay(consumer.group), context.bus.publish(eventOf(stream, 1))]);
    await consumer.until(2);
    expect(count).toBe(1);
    expect(revisionsOf(consumer, stream).sort()).toEqual([0, 1]);
  });

  it('finds nothing for a group without parked events, or that nobody knows', async () => {
    const consumer = await context.consume();
    expect(await context.bus.replay(consumer.group)).toBe(0);
    expect(await context.bus.replay(context.group())).toBe(0);
  });
};

const closing = (context: Context): void => {
  it('waits for handlers under way and hands over nothing afterwards', async () => {
    let [started, ended] = [0, 0];
    await context.consume(async () => {
      started += 1;
      await moment();
      await moment();
      ended += 1;
    });
    const stream = context.stream();
    const publishing = Promise.allSettled(upTo(5).map((revision) => context.bus.publish(eventOf(stream, revision))));
    await eventually(async () => started > 0);
    await context.bus.close();
    const count = started;
    expect(ended).toBe(count);
    await publishing;
    await moment();
    expect(started).toBe(count);
  });

  it('refuses to publish afterwards', async () => {
    await context.bus.close();
    await expect(context.bus.publish(eventOf(context.stream()))).rejects.toThrow(Error);
  });

  it('may be asked for twice', async () => {
    await context.bus.close();
    await expect(context.bus.close()).resolves.toBeUndefined();
  });
};

const text = expect.stringMatching(/\S/) as string;
const instant = expect.stringMatching(/^20\d\d-\d\d-\d\dT\S+Z$/) as string;

/** The same stream and revision give the same event, as a repetition would. */
const eventOf = (stream: string, revision = 0): RecordedEvent => ({
  id: `${stream}@${revision}`,
  type: 'Happened',
  version: 1,
  data: { revision },
  metadata: {
    actor: { id: '0e7b9c3a-2d5f-4a55-9d50-b1f1d7a5c001', kind: 'user' },
    authentication: { amr: ['pwd', 'mfa'], acr: '1', acrs: ['c1'], authTime: '2026-03-01T09:00:00.000Z' },
    correlationId: 'corrélation-→',
    causationId: 'command-1',
  },
  stream,
  revision,
  position: 2n ** 60n + BigInt(revision),
  recordedAt: '2026-03-01T09:00:00.000Z',
});

const publishAll = async (bus: Bus, stream: string, count: number): Promise<void> => {
  for (const revision of upTo(count)) await bus.publish(eventOf(stream, revision));
};

const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

const streamsOf = ({ handled }: Consumer): string[] => handled.map(({ stream }) => stream);

const revisionsOf = ({ handled }: Consumer, stream: string): number[] =>
  handled.filter((event) => event.stream === stream).map(({ revision }) => revision);

const moment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 3));

/** Fails by the test's own time limit. */
const eventually = async (condition: () => Promise<boolean>): Promise<void> => {
  while (!(await condition())) await moment();
};
