import { setTimeout } from 'node:timers/promises';
import { disconnect } from './connected';
import { createKafka, type Admin, type KafkaOptions } from './kafka-client';
import type { Topic } from './topics';
import { within } from './within';

/** What a migration did, and what it leaves to a person. */
export interface TopicMigration {
  /** Names of the topics it made. */
  readonly created: readonly string[];
  /** Where a topic that was there is not as it should be: `<topic>: <setting> is <this>, not <that>`. */
  readonly differing: readonly string[];
}

const mostReplicas = 3;
const readyWithinMs = 20_000;

/**
 * Makes the topics that are missing, with as many replicas as there are brokers, at most three; with three, two must have
 * a message before it counts as published. Running it again does nothing. It never changes a topic that is there: a setting
 * may differ on purpose, and is reported. Throws on a different number of partitions, since the order of events hangs on it.
 */
export const migrateTopics = async (options: KafkaOptions, topics: readonly Topic[]): Promise<TopicMigration> => {
  const admin = createKafka(options).admin();
  try {
    await admin.connect();
    const known = new Set(await admin.listTopics());
    const missing = topics.filter(({ name }) => !known.has(name));
    const present = topics.filter(({ name }) => known.has(name));
    await checkPartitions(admin, present);
    await create(admin, missing);
    return { created: missing.map(({ name }) => name), differing: await differences(admin, present) };
  } finally {
    await disconnect(admin);
  }
};

const create = async (admin: Admin, missing: readonly Topic[]): Promise<void> => {
  if (missing.length === 0) return;
  const { brokers } = await admin.describeCluster();
  const replicationFactor = Math.min(brokers.length, mostReplicas);
  const safety = { 'min.insync.replicas': replicationFactor === mostReplicas ? '2' : '1' };
  await admin.createTopics({
    topics: missing.map(({ name, partitions, config }) => ({
      topic: name,
      numPartitions: partitions,
      replicationFactor,
      configEntries: Object.entries({ ...safety, ...config }).map(([name, value]) => ({ name, value })),
    })),
    // kafkajs would not wait, but fail, while a broker has not heard of the topic yet.
    waitForLeaders: false,
    timeout: 20_000,
  });
  const ready = missing.map(({ name }) => untilReady(admin, name));
  await within(readyWithinMs, 'Waiting for the leaders of new topics', Promise.all(ready));
};

/** Resolves when every partition has a broker that answers for it: known to lead it is a moment less. */
const untilReady = async (admin: Admin, name: string): Promise<void> => {
  const isReady = () =>
    admin.fetchTopicOffsets(name).then(
      () => true,
      () => false,
    );
  while (!(await isReady())) await setTimeout(50);
};

const checkPartitions = async (admin: Admin, present: readonly Topic[]): Promise<void> => {
  if (present.length === 0) return;
  const { topics } = await admin.fetchTopicMetadata({ topics: present.map(({ name }) => name) });
  for (const { name, partitions } of present) {
    const found = topics.find((topic) => topic.name === name)?.partitions.length;
    if (found !== partitions)
      throw new Error(
        `${name} has ${found} partitions, not ${partitions}: events of one stream would lie on two of them. ` +
          'Stop OpenPIM, delete the topic, run the migration, and have the relays publish from the start of the log.',
      );
  }
};

const topicResource = 2;

const differences = async (admin: Admin, present: readonly Topic[]): Promise<readonly string[]> => {
  if (present.length === 0) return [];
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: present.map(({ name, config }) => ({ type: topicResource, name, configNames: Object.keys(config) })),
  });
  return present.flatMap(({ name, config }) => {
    const entries = resources.find(({ resourceName }) => resourceName === name)?.configEntries ?? [];
    return Object.entries(config).flatMap(([setting, wanted]) => {
      const found = entries.find(({ configName }) => configName === setting)?.configValue;
      return found === wanted ? [] : [`${name}: ${setting} is ${found}, not ${wanted}`];
    });
  });
};
