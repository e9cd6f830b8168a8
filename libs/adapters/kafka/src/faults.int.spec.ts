import { startRelay, type RecordedEvent } from '@pim/engine';
import { inMemoryEventStore } from '@pim/engine/contract';
import { kafkaBus, type KafkaBus, type KafkaBusOptions } from './bus';
import { toCloudEvent } from './cloud-event';
import { createKafka, createProducer, type Admin } from './kafka-client';
import { hasKafka, startBroker, type TestBroker } from './spec/broker';
import { startExample } from './spec/example-subscriber';
import { eventOf, eventually, unused } from './spec/events';
import { migrateTopics } from './topic-migration';
import { topicOf, topics, type Topic } from './topics';

jest.setTimeout(60_000);

const requestTopic = topicOf('request');
/** Made by a test, not before all of them. */
const late = topicOf('alert');
const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

let broker: TestBroker;
let admin: Admin;
const open: KafkaBus[] = [];

const createBus = (options: Partial<KafkaBusOptions> = {}): KafkaBus => {
  const timing = { sessionMs: broker.isOurs ? 2_000 : 6_000, heartbeatMs: 200, fetchMs: 100 };
  const bus = kafkaBus({ brokers: broker.brokers, timing, pauseMs: () => 1, ...options });
  open.push(bus);
  return bus;
};

/** Consumes and notes what comes of some streams. */
const consume = async (bus: KafkaBus, streams: readonly string[], group = unused('pim.faults.')) => {
  const handled: RecordedEvent[] = [];
  await bus.consume({ group, categories: ['request'] }, async (event) => {
    if (streams.includes(event.stream)) handled.push(event);
  });
  const firsts = (stream: string): number[] => [
    ...new Set(handled.filter((event) => event.stream === stream).map(({ revision }) => revision)),
  ];
  return { group, handled, firsts, until: (count: number) => eventually(() => handled.length >= count) };
};

/** What a message that nobody of us wrote looks like. */
const sendRaw = async (
  messages: readonly { key: string; value: string | null; headers?: Record<string, string> }[],
) => {
  const producer = createProducer(createKafka({ brokers: broker.brokers }));
  await producer.connect();
  await producer.send({ topic: requestTopic, acks: -1, messages: [...messages] });
  await producer.disconnect();
};

const topicsByMigration = (): void => {
  const own = (partitions: number, retention: string): Topic[] => [
    { name: 'pim.spec.thing.v1', partitions, config: { 'cleanup.policy': 'delete', 'retention.ms': retention } },
  ];

  it('are made once, with the settings of the list; what differs later is reported and left alone', async () => {
    const { brokers } = broker;
    await migrateTopics({ brokers }, own(2, '-1'));
    expect(await migrateTopics({ brokers }, own(2, '-1'))).toEqual({ created: [], differing: [] });
    expect(await migrateTopics({ brokers }, own(2, '1000'))).toEqual({
      created: [],
      differing: ['pim.spec.thing.v1: retention.ms is -1, not 1000'],
    });
    await expect(migrateTopics({ brokers }, own(3, '-1'))).rejects.toThrow('has 2 partitions, not 3');
  });

  it('are made by nothing else', async () => {
    if (!broker.isOurs) return;
    const bus = createBus();
    await bus.consume({ group: unused('pim.faults.'), categories: ['alert'] }, async () => undefined);
    await expect(bus.publish(eventOf(unused('alert-')))).rejects.toThrow(`Kafka did not take a message for ${late}`);
    await eventually(() => bus.consumers().some(({ failure }) => failure !== null));
    expect(await admin.listTopics()).not.toContain(late);
    // Once the topic is there the consumer that waited for it goes on by itself.
    await migrateTopics({ brokers: broker.brokers }, topics);
    await eventually(() => bus.consumers().every(({ isRunning }) => isRunning));
    expect(await migrateTopics({ brokers: broker.brokers }, topics)).toEqual({ created: [], differing: [] });
  });
};

const unreadable = (): void => {
  it('are set aside as they came, and the events around them are handled', async () => {
    const stream = unused('request-');
    const { key, headers } = toCloudEvent(eventOf(stream, 1));
    const names = headers as Record<string, string>;
    await createBus().publish(eventOf(stream, 0));
    await sendRaw([
      { key, value: '{"broken":', headers: names },
      { key, value: 'no headers' },
      { key, value: null },
      { key, value: '{}', headers: { ...names, ce_subject: 'alert-1', ce_type: 'io.openpim.alert.Happened.v1' } },
    ]);
    const told: string[] = [];
    const bus = createBus({ onParked: ({ reason }) => told.push(reason) });
    const { group, until, firsts } = await consume(bus, [stream]);
    await bus.publish(eventOf(stream, 1));
    await until(2);
    expect(firsts(stream)).toEqual([0, 1]);
    const parked = (await bus.parked()).filter((one) => one.group === group);
    expect([...new Set(parked.map(({ reason }) => reason))].sort()).toEqual([
      'an event that belongs on another topic',
      'not an event of OpenPIM: the header ce_subject is missing',
      'not an event of OpenPIM: the value is no JSON object',
    ]);
    // On a broker that is not ours, those of earlier runs lie there as well.
    if (broker.isOurs) expect(parked).toHaveLength(4);
    expect(told.sort()).toEqual(parked.map(({ reason }) => reason).sort());
    expect(parked.every(({ event }) => event.type === 'Unreadable')).toBe(true);
    expect(await bus.replay(group)).toBe(0);
  });

  it('and events that failed are still aside for the next process, which can replay them', async () => {
    const [stream, group] = [unused('request-'), unused('pim.faults.')];
    const first = createBus({ retries: 1 });
    await first.consume({ group, categories: ['request'] }, ({ stream: of }) =>
      of === stream ? Promise.reject(new Error('not yet')) : Promise.resolve(),
    );
    await first.publish(eventOf(stream));
    const mine = async (bus: KafkaBus) => (await bus.parked()).filter((one) => one.event.stream === stream);
    await eventually(async () => (await mine(first)).length === 1);
    await first.close();
    const second = createBus();
    expect(await mine(second)).toMatchObject([{ group, event: eventOf(stream), reason: 'not yet', tries: 2 }]);
    // Nobody here can handle it: it stays as it is.
    expect(await second.replay(group)).toBe(0);
    const { until } = await consume(second, [stream], group);
    expect(await second.replay(group)).toBe(1);
    await until(1);
    expect(await mine(second)).toEqual([]);
  });
};

const groups = (): void => {
  it('whose members come and go all the time handle every event, in the order of its stream', async () => {
    const [streams, group] = [upTo(8).map(() => unused('request-')), unused('pim.faults.')];
    const done = new Map(streams.map((stream) => [stream, new Set<number>()]));
    const work = async ({ stream, revision }: RecordedEvent) => void done.get(stream)?.add(revision);
    const join = async () => {
      const bus = createBus();
      await bus.consume({ group, categories: ['request'] }, work);
      return bus;
    };
    const publisher = createBus();
    const publishing = Promise.all(
      streams.map(async (stream) => {
        for (const revision of upTo(40)) await publisher.publish(eventOf(stream, revision));
      }),
    );
    const steady = await join();
    for (const round of upTo(4)) {
      const passing = await join();
      // Every other one leaves before it has arrived: it is missed only when its session ends.
      if (round % 2) await eventually(() => passing.consumers().every(({ isRunning }) => isRunning));
      await passing.close();
    }
    await publishing;
    await eventually(() => [...done.values()].every(({ size }) => size === 40));
    for (const revisions of done.values()) expect([...revisions]).toEqual(upTo(40));
    expect(steady.consumers()).toMatchObject([{ isRunning: true }]);
  });

  it('keep a member whose handler takes longer than its session', async () => {
    if (!broker.isOurs) return;
    const [stream, tries] = [unused('request-'), [] as number[]];
    const bus = createBus();
    await bus.consume({ group: unused('pim.faults.'), categories: ['request'] }, async (event) => {
      if (event.stream !== stream) return;
      tries.push(event.revision);
      if (event.revision === 0) await new Promise((resolve) => setTimeout(resolve, 2_500));
    });
    for (const revision of upTo(2)) await bus.publish(eventOf(stream, revision));
    await eventually(() => tries.length >= 2);
    expect(tries).toEqual([0, 1]);
    expect(bus.consumers()).toMatchObject([{ restarts: 0 }]);
  });

  it('whose offsets are lost read everything again', async () => {
    const stream = unused('request-');
    const first = createBus();
    const { group, until } = await consume(first, [stream]);
    await first.publish(eventOf(stream));
    await until(1);
    await first.close();
    await admin.deleteGroups([group]);
    const again = await consume(createBus(), [stream], group);
    await again.until(1);
    expect(again.handled).toEqual([eventOf(stream)]);
  });

  it('that were away while the topic was cut off go on with what is left', async () => {
    if (!broker.isOurs) return;
    const [cut, left] = [unused('request-'), unused('request-')];
    const first = createBus();
    const { group, until } = await consume(first, [cut]);
    await first.publish(eventOf(cut));
    await until(1);
    await first.close();
    const publisher = createBus();
    for (const revision of upTo(3)) await publisher.publish(eventOf(cut, revision + 1));
    const ends = await admin.fetchTopicOffsets(requestTopic);
    await admin.deleteTopicRecords({
      topic: requestTopic,
      partitions: ends.map(({ partition, high }) => ({ partition, offset: high })),
    });
    await publisher.publish(eventOf(left));
    const again = await consume(createBus(), [cut, left], group);
    await again.until(1);
    expect(again.handled).toEqual([eventOf(left)]);
  });
};

const idle = (): void => {
  it('sets no timer that has run out already, as kafkajs would after every answer', async () => {
    const delays: unknown[] = [];
    const original = globalThis.setTimeout;
    const noting = (...args: Parameters<typeof setTimeout>) => {
      delays.push(args[1]);
      return original(...args);
    };
    globalThis.setTimeout = Object.assign(noting, original);
    try {
      const stream = unused('request-');
      const bus = createBus();
      const { until } = await consume(bus, [stream]);
      await bus.publish(eventOf(stream));
      await until(1);
    } finally {
      globalThis.setTimeout = original;
    }
    expect(delays.length).toBeGreaterThan(0);
    expect(delays.filter((delay) => typeof delay === 'number' && delay < 0)).toEqual([]);
  });
};

const killed = (): void => {
  const streams = upTo(6).map(() => unused('request-'));
  const perStream = 60;

  const recordingStore = async () => {
    const store = inMemoryEventStore();
    for (const stream of streams)
      for (const revision of upTo(perStream)) {
        const { id, type, version, data, metadata } = eventOf(stream, revision);
        await store.append(
          stream,
          [{ id, type, version, data, metadata }],
          revision === 0 ? 'no-stream' : revision - 1,
        );
      }
    return store;
  };

  const relayInto = async (bus: KafkaBus, onError: () => void) => {
    const saved = new Map<string, bigint>();
    return startRelay({
      eventStore: await recordingStore(),
      bus,
      checkpoints: {
        load: async (name) => saved.get(name) ?? null,
        save: async (name, position) => void saved.set(name, position),
      },
      name: 'faults.relay',
      categories: ['request'],
      inFlight: 3,
      onError,
    });
  };

  it('leaves a subscriber that is cut off with the roles that have not ended', async () => {
    if (!broker.isOurs) return;
    const bus = createBus();
    const key = unused('principal');
    const tell = (...ends: readonly (number | null)[]): Promise<void> => {
      const roles = ends.map((ms) => ({ endDateTime: ms && new Date(Date.now() + ms).toISOString() }));
      return bus.tell('effective-roles', { key, value: { principalId: key, roles }, cause: eventOf('roleSchedule-a') });
    };
    const permanent = JSON.stringify({ principalId: key, roles: [{ endDateTime: null }] });
    const subscriber = startExample(broker.brokers);
    try {
      await tell(null);
      await eventually(() => subscriber.said.includes(permanent));
      await tell(null, 2_500);
      await eventually(() => subscriber.said.length > 1);
      await broker.kill();
      await eventually(() => subscriber.said.at(-1) === permanent);
      await broker.start();
    } finally {
      await subscriber.stop();
    }
  });

  it('loses nothing, keeps the order of each stream, and keeps nobody from starting or closing meanwhile', async () => {
    if (!broker.isOurs) return;
    const [bus, closing] = [createBus(), createBus()];
    const { handled, firsts, until } = await consume(bus, streams);
    let failures = 0;
    const relay = await relayInto(bus, () => (failures += 1));
    await until(20);
    await broker.kill();
    await eventually(() => failures > 0);
    const late = unused('request-');
    const waiting = createBus();
    const lateConsumer = await consume(waiting, [late]);
    await consume(closing, [late]);
    await eventually(() => waiting.consumers().every(({ failure }) => failure !== null));
    await expect(waiting.publish(eventOf(late))).rejects.toThrow('Check the brokers');
    await expect(waiting.parked()).rejects.toThrow();
    await closing.close();
    await broker.start();
    await relay.caughtUp();
    await relay.stop();
    await eventually(() => new Set(handled.map(({ id }) => id)).size === streams.length * perStream);
    for (const stream of streams) expect(firsts(stream)).toEqual(upTo(perStream));
    await waiting.publish(eventOf(late));
    await lateConsumer.until(1);
  });
};

(hasKafka() ? describe : describe.skip)('the bus on a Kafka that fails', () => {
  beforeAll(async () => {
    broker = await startBroker();
    await migrateTopics(
      { brokers: broker.brokers },
      topics.filter(({ name }) => name !== late),
    );
    admin = createKafka({ brokers: broker.brokers }).admin();
    await admin.connect();
  }, 90_000);
  afterEach(() => Promise.all(open.splice(0).map((bus) => bus.close())));
  afterAll(async () => {
    await admin?.disconnect();
    await broker?.stop();
  });

  describe('topics', () => topicsByMigration());
  describe('messages that are no events', () => unreadable());
  describe('groups', () => groups());
  describe('an idle client', () => idle());
  // Last: it kills the broker.
  describe('a broker that is killed', () => killed());
});
