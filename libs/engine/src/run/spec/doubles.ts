import type { Bus, ConsumerOptions } from '../../ports/bus';
import type { Documents, Stored } from '../../ports/documents';
import { categoryOf, type EventStore, type NewEvent, type RecordedEvent } from '../../ports/event-store';
import type { Checkpoints } from '../../ports/runtime';
import { eventId } from '../event-codec';
import { asking } from './account';

type ById = Pick<Documents, 'get' | 'put' | 'index' | 'isLasting'> & {
  /** `collection/id` → what is stored, as JSON would keep it. */
  readonly stored: Map<string, Stored<object>>;
  puts: number;
};

/** Documents by their ids, and nothing else of the port. */
export const documentsById = (isLasting = false): ById => {
  const stored = new Map<string, Stored<object>>();
  return {
    isLasting,
    stored,
    puts: 0,
    index: async () => undefined,
    get: async <D extends object>(collection: string, id: string) =>
      structuredClone((stored.get(`${collection}/${id}`) as Stored<D> | undefined) ?? null),
    async put(collection, id, document) {
      this.puts += 1;
      if ((stored.get(`${collection}/${id}`)?.position ?? -1n) >= document.position) return;
      stored.set(`${collection}/${id}`, structuredClone(document));
    },
  };
};

/** The rest of the port, for specs that list and drop; filters and orders are for adapters. */
export const searchable = (documents: ById): ById & Documents => ({
  ...documents,
  find: async <D extends object>(collection: string) =>
    [...documents.stored].flatMap(([key, { document }]) =>
      key.startsWith(`${collection}/`) && document ? [structuredClone(document) as D] : [],
    ),
  count: async (collection) => [...documents.stored.keys()].filter((key) => key.startsWith(`${collection}/`)).length,
  drop: async (collection) => {
    for (const key of [...documents.stored.keys()]) if (key.startsWith(`${collection}/`)) documents.stored.delete(key);
  },
});

type SavedCheckpoints = Checkpoints & {
  readonly saved: Map<string, bigint>;
  readonly fences: Map<string, bigint>;
  saves: number;
};

/** Checkpoints that outlive the relay, as a database would. */
export const checkpointsInMemory = (): SavedCheckpoints => ({
  saved: new Map(),
  fences: new Map(),
  saves: 0,
  async load(name, fence = 0n) {
    this.fences.set(name, fence);
    return this.saved.get(name) ?? null;
  },
  async save(name, position, fence = 0n) {
    this.saves += 1;
    if ((this.fences.get(name) ?? 0n) === fence) this.saved.set(name, position);
  },
});

type Handler = (event: RecordedEvent) => Promise<void>;

/** Hands every event to the consumers that want it, and lets the publisher see their failures. */
export const directBus = (): Pick<Bus, 'publish' | 'consume'> & { readonly groups: readonly string[] } => {
  const consumers: (ConsumerOptions & { readonly handle: Handler })[] = [];
  return {
    get groups() {
      return consumers.map(({ group }) => group);
    },
    publish: async (event) => {
      for (const { categories, handle } of consumers)
        if (categories.includes(categoryOf(event.stream))) await handle(event);
    },
    consume: async (options, handle) => {
      consumers.push({ ...options, handle });
    },
  };
};

let count = 0;
/** An event as some command would have caused it. */
export const fact = (type: string, data: object, version = 1): NewEvent => {
  const { actor, authentication, correlationId, commandId } = asking(`fact-${++count}`);
  const metadata = { actor, authentication, correlationId, causationId: commandId };
  return { id: eventId(commandId, 0), type, version, data, metadata };
};

/** Appends one event at the end of a stream. */
export const record = async (store: EventStore, stream: string, type: string, data: object): Promise<void> => {
  await store.append(stream, [fact(type, data)], 'any');
};
