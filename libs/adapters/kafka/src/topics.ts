import * as contracts from '@pim/contracts';
import type { StateName, StreamContract } from '@pim/contracts';

/** A topic as it has to be: its partitions and the settings it does not leave to the broker's defaults. */
export interface Topic {
  readonly name: string;
  readonly partitions: number;
  readonly config: Readonly<Record<string, string>>;
}

/** Partitions of a topic of events: how many members of one group can share its work. Fixed: the order per key hangs on it. */
const partitionsOfEvents = 12;

/** The store takes appends of 1 MiB; headers, and the message around them, come on top. */
const largestMessage = { 'max.message.bytes': String(2 * 2 ** 20) };

const isStream = (value: unknown): value is StreamContract =>
  typeof value === 'object' && value !== null && 'category' in value && 'events' in value;

/** Found, not listed: a stream added to the contracts has its topic at once. */
const streams: readonly StreamContract[] = Object.values<unknown>(contracts).filter(isStream);

/** `roleSchedule` → `role-schedule` */
const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const names = new Map(
  streams.map(({ category, context }) => [category, `pim.${context}.${kebab(category)}.v1`] as const),
);

/** Every category that has a topic. */
export const categories: readonly string[] = [...names.keys()];

/** The topic that carries the events of a category. Throws on a category that no contract knows. */
export const topicOf = (category: string): string => {
  const name = names.get(category);
  if (name) return name;
  throw new Error(`No contract has the category ${category}; add its stream to libs/contracts (this is a bug).`);
};

/** Whether a topic is the one for events of a category. */
export const carries = (topic: string, category: string): boolean => names.get(category) === topic;

/** Where events that a group of the topic could not handle are set aside. */
export const parkedTopicOf = (topic: string): string => `${topic}.parked`;

/** Where it is told what holds now. Key of the effective roles: a principal's id; value: the contracts' `EffectiveRoles`. */
export const stateTopics: Readonly<Record<StateName, string>> = { 'effective-roles': 'pim.effective-roles.v1' };

/** Kept for ever: a consumer that starts years from now still reads everything. */
const eventsTopic = (name: string): Topic => ({
  name,
  partitions: partitionsOfEvents,
  config: { 'cleanup.policy': 'delete', 'retention.ms': '-1', ...largestMessage },
});

/** One partition, compacted: what was replayed leaves a tombstone, and the rest is the list of what is still aside. */
const parkedTopic = (name: string): Topic => ({
  name: parkedTopicOf(name),
  partitions: 1,
  config: { 'cleanup.policy': 'compact', ...largestMessage },
});

/** Compacted: who comes late reads what holds, and not how it came about. */
const stateTopic = (name: string): Topic => ({
  name,
  partitions: partitionsOfEvents,
  config: { 'cleanup.policy': 'compact', ...largestMessage },
});

/** Every topic OpenPIM uses, written from the contracts. The migration makes these and nothing else does. */
export const topics: readonly Topic[] = [
  ...[...names.values()].map(eventsTopic),
  ...[...names.values()].map(parkedTopic),
  ...Object.values(stateTopics).map(stateTopic),
];
