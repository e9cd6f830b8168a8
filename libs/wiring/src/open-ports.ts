import {
  embeddedBus,
  embeddedDocuments,
  embeddedLeases,
  embeddedPorts,
  notBeyondParked,
  openEmbeddedEventStore,
  randomIds,
  systemClock,
} from '@pim/adapters/embedded';
import { eventStoreDb } from '@pim/adapters/eventstore';
import { kafkaBus, migrateTopics, topics, type ConsumerState, type KafkaOptions } from '@pim/adapters/kafka';
import { openMongo, type OpenMongo } from '@pim/adapters/mongodb';
import type { Checkpoints, Clock, EventStore } from '@pim/engine';
import { tellParked, type Env, type KafkaServer, type Observe, type Ports, type Servers } from '@pim/platform';

const kafkaOptions = ({ brokers, isTls, login }: KafkaServer): KafkaOptions => ({
  brokers,
  tls: isTls,
  ...(login ? { sasl: { mechanism: 'scram-sha-512' as const, ...login } } : {}),
});

/** A service that died without a word is missed for ten seconds; then others of its group, or it again, go on. */
const timing = { sessionMs: 10_000, heartbeatMs: 2_000, fetchMs: 500 };

type Lines = Observe['log'];

const tellTrouble =
  (log: Lines) =>
  (error: unknown): void =>
    log.error(`Kafka: ${error instanceof Error ? error.message : String(error)}; it is tried again.`);

/** The log, where positions are kept, and what closes both. */
interface Log {
  readonly eventStore: EventStore;
  readonly positions: Checkpoints;
  readonly close: () => Promise<void>;
}

/** Without MongoDB positions lie in the data folder, even where the log does not. */
const openLog = async ({ dataFolder, servers }: Env, clock: Clock, mongo: OpenMongo | null): Promise<Log> => {
  if (!servers.eventStoreUrl) {
    const local = await openEmbeddedEventStore(dataFolder, clock);
    return { eventStore: local, positions: mongo?.checkpoints ?? local, close: () => local.close() };
  }
  const eventStore = eventStoreDb(servers.eventStoreUrl);
  if (mongo) return { eventStore, positions: mongo.checkpoints, close: () => eventStore.close() };
  const positions = await openEmbeddedEventStore(dataFolder, clock);
  return {
    eventStore,
    positions,
    close: async () => void (await Promise.all([eventStore.close(), positions.close()])),
  };
};

/** A consumer that has not joined its group yet is starting, not down. Why it is down is for the log, not for the public. */
const downOf = ({ group, isRunning, failure }: ConsumerState): readonly string[] =>
  isRunning || failure === null ? [] : [group];

/** The bus; one in process forgets what it set aside, so that positions must not move past it. */
const openBus = (
  { kafka }: Servers,
  positions: Checkpoints,
  { clock, log }: { readonly clock: Clock; readonly log: Lines },
): Pick<Ports, 'bus' | 'stateTopics' | 'checkpoints' | 'consumersDown'> => {
  const now = (): string => clock.now();
  if (kafka) {
    const bus = kafkaBus({ ...kafkaOptions(kafka), timing, now, onParked: tellParked(log), onError: tellTrouble(log) });
    return { bus, stateTopics: bus, checkpoints: positions, consumersDown: () => bus.consumers().flatMap(downOf) };
  }
  const bus = embeddedBus({ onParked: tellParked(log), now });
  return { bus, stateTopics: null, checkpoints: notBeyondParked(positions, bus), consumersDown: () => [] };
};

/**
 * One adapter per port, each chosen by its URL; what has none is kept by this process, in its data folder or in memory.
 * Throws when the data folder cannot be used, or a server does not answer.
 */
export const openPorts = async (env: Env, { log: lines }: Pick<Observe, 'log'>): Promise<Ports> => {
  const { eventStoreUrl, kafka, mongoUrl } = env.servers;
  const clock = systemClock();
  if (!eventStoreUrl && !kafka && !mongoUrl) return embeddedPorts(env.dataFolder, clock, tellParked(lines));
  const mongo = mongoUrl ? await openMongo({ url: mongoUrl }) : null;
  const { leases, documents } = mongo ?? { leases: embeddedLeases(), documents: embeddedDocuments() };
  const log = await openLog(env, clock, mongo);
  return {
    eventStore: log.eventStore,
    ...openBus(env.servers, log.positions, { clock, log: lines }),
    leases,
    documents,
    clock,
    ids: randomIds(),
    isOnlyWriter: eventStoreUrl === null,
    close: async () => {
      await log.close();
      await mongo?.close();
    },
  };
};

/** Makes the topics that are missing; says which are not as they should be. Does nothing without Kafka. */
export const migrate = async ({ servers: { kafka } }: Env, { log }: Pick<Observe, 'log'>): Promise<void> => {
  if (!kafka) return;
  const { created, differing } = await migrateTopics(kafkaOptions(kafka), topics);
  log.info(`Kafka: ${created.length} topics made, ${topics.length - created.length} were there.`);
  for (const difference of differing) log.warn(`Kafka: ${difference}`);
};
