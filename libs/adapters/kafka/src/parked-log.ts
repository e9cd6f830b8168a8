import { randomUUID } from 'node:crypto';
import { Connected } from './connected';
import { createConsumer, type Admin, type EachBatchPayload, type Kafka, type Timing } from './kafka-client';
import { fromParkedMessage, keyOf, toParkedMessage, type SetAside } from './parked-message';
import type { Publisher } from './publisher';
import { SupervisedConsumer } from './supervised-consumer';
import { parkedTopicOf } from './topics';
import { within } from './within';

export interface ParkedLogOptions {
  readonly kafka: Kafka;
  readonly publisher: Publisher;
  /** The topics whose events may be set aside. */
  readonly topics: readonly string[];
  readonly timing: Timing;
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** What lies aside of one topic. */
export interface InPlace extends SetAside {
  readonly topic: string;
}

const readWithinMs = 20_000;

/**
 * What nobody could handle, on compacted topics: a message that failed again replaces the one before, one that went
 * through leaves a tombstone. So it outlives every process, and each process sees the same. Read when first asked for, and
 * followed from then on.
 */
export class ParkedLog {
  private readonly admin: Connected<Admin>;
  private readonly aside = new Map<string, InPlace>();
  /** For each parked topic the offset behind the last message read. */
  private readonly read = new Map<string, bigint>();
  private readonly waiting = new Set<() => void>();
  private reader: SupervisedConsumer | null = null;

  constructor(private readonly options: ParkedLogOptions) {
    this.admin = new Connected(() => options.kafka.admin());
  }

  /** Resolves when it is safely aside. Throws `NotPublished`. */
  async add(place: InPlace): Promise<void> {
    await this.options.publisher.publish(parkedTopicOf(place.topic), toParkedMessage(place));
  }

  /** Resolves when the others see it gone. Throws `NotPublished`. */
  async remove(place: InPlace): Promise<void> {
    const key = keyOf(place);
    await this.options.publisher.publish(parkedTopicOf(place.topic), { key, value: null, headers: {} });
    this.aside.delete(`${place.topic}/${key}`);
  }

  has(place: InPlace): boolean {
    return this.aside.has(`${place.topic}/${keyOf(place)}`);
  }

  /** Everything that was aside at the time of the call. Throws when the brokers do not answer in time. */
  async all(): Promise<readonly InPlace[]> {
    this.reader ??= this.follow();
    const ends = await this.ends();
    await within(readWithinMs, 'Reading what is parked', this.reach(ends));
    return [...this.aside.values()];
  }

  async close(): Promise<void> {
    await Promise.all([this.reader?.stop(), this.admin.drop()]);
  }

  private follow(): SupervisedConsumer {
    const { kafka, topics, timing, onError } = this.options;
    // A group of its own for each reader, without offsets: everybody reads everything.
    const group = `pim.parked.${randomUUID()}`;
    return new SupervisedConsumer({
      make: () => createConsumer(kafka, group, timing),
      group,
      topics: topics.map(parkedTopicOf),
      commits: false,
      handle: async (payload) => this.take(payload),
      onStart: () => this.forget(),
      onError,
      silenceMs: 3 * timing.sessionMs,
    });
  }

  private forget(): void {
    this.aside.clear();
    this.read.clear();
  }

  private take({ batch, resolveOffset }: EachBatchPayload): void {
    const topic = batch.topic.slice(0, -parkedTopicOf('').length);
    for (const message of batch.messages) {
      const place = `${topic}/${message.key?.toString()}`;
      const aside = message.value === null ? null : fromParkedMessage(message);
      if (aside) this.aside.set(place, { ...aside, topic });
      else this.aside.delete(place);
      resolveOffset(message.offset);
    }
    this.read.set(batch.topic, BigInt(batch.lastOffset()) + 1n);
    this.waiting.forEach((look) => look());
  }

  /** The end of every parked topic that holds anything. */
  private async ends(): Promise<readonly (readonly [string, bigint])[]> {
    try {
      const admin = await this.admin.get();
      const names = this.options.topics.map(parkedTopicOf);
      const offsets = await Promise.all(names.map((name) => admin.fetchTopicOffsets(name)));
      return names.map((name, index) => [name, BigInt(offsets[index]?.[0]?.high ?? 0)] as const);
    } catch (error) {
      void this.admin.drop();
      throw error;
    }
  }

  private reach(ends: readonly (readonly [string, bigint])[]): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!ends.every(([name, end]) => (this.read.get(name) ?? 0n) >= end)) return;
        this.waiting.delete(look);
        resolve();
      };
      this.waiting.add(look);
      look();
    });
  }
}
