import { reasonOf } from '@pim/engine';
import type { Producer, RecordMetadata } from './kafka-client';
import { Connected } from './connected';
import type { OutgoingMessage } from './message';
import { within } from './within';

/** The brokers have not taken a message, or have not said so. It may be on the topic all the same: publish it again. */
export class NotPublished extends Error {
  constructor(topic: string, cause: unknown) {
    super(
      `Kafka did not take a message for ${topic}: ${reasonOf(cause)}. Check the brokers, and that the topics were made; it is published again.`,
      {
        cause,
      },
    );
    this.name = 'NotPublished';
  }
}

interface Waiting {
  readonly topic: string;
  readonly message: OutgoingMessage;
  readonly bytes: number;
  readonly resolve: () => void;
  readonly reject: (error: NotPublished) => void;
}

/** What a publisher needs of a producer. */
export type BatchProducer = Pick<Producer, 'connect' | 'disconnect' | 'sendBatch'>;

/** Messages in one request, and their bytes: a broker judges the size of what comes for one partition together. */
const most = { messages: 500, bytes: 900_000 };

/** Brokers that take longer are as good as down. */
const sendWithinMs = 8_000;
const closeWithinMs = 2_000;

/**
 * Publishes messages in the order of the calls, all in-sync replicas having them (`acks=all`) before it says so. One
 * request is under way at a time and takes along what came meanwhile.
 *
 * An idempotent producer numbers its messages, and takes a number back when a send fails. Should the broker have had the
 * message after all, the next one would go under the same number, be taken for a repetition, and be lost though
 * acknowledged (kafkajs#598). So a producer that failed is never used again, and an acknowledged offset that does not
 * lie behind the one before counts as a failure.
 */
export class Publisher {
  private readonly waiting: Waiting[] = [];
  private readonly producer: Connected<BatchProducer>;
  /** The offset at which the last request's messages begin, for each partition. */
  private readonly offsets = new Map<string, bigint>();
  private limit = most.messages;
  private sending: Promise<void> | null = null;
  private underWay: readonly Waiting[] = [];
  private closed = false;

  constructor(make: () => BatchProducer) {
    this.producer = new Connected(make);
  }

  /** Resolves when the message is safe. Throws `NotPublished` after a bounded number of tries, within half a minute. */
  publish(topic: string, message: OutgoingMessage): Promise<void> {
    if (this.closed) return Promise.reject(new NotPublished(topic, new Error('the bus is closed')));
    return new Promise((resolve, reject) => {
      this.waiting.push({ topic, message, bytes: sizeOf(message), resolve, reject });
      this.sending ??= this.sendAll();
    });
  }

  /** Refuses what waits, and what is under way unless it ends within seconds. */
  async close(): Promise<void> {
    this.closed = true;
    const closed = new Error('the bus is closed');
    this.refuse(this.waiting.splice(0), closed);
    if (this.sending) await within(closeWithinMs, 'Closing', this.sending).catch(() => undefined);
    this.refuse(this.underWay, closed);
    await this.producer.drop();
  }

  private async sendAll(): Promise<void> {
    while (this.waiting.length > 0) {
      this.underWay = this.waiting.splice(0, this.nextCount());
      await this.send(this.underWay);
    }
    this.underWay = [];
    this.sending = null;
  }

  private async send(batch: readonly Waiting[]): Promise<void> {
    try {
      const topicMessages = batch.map(({ topic, message }) => ({ topic, messages: [toKafka(message)] }));
      const producer = await this.producer.get();
      this.check(await within(sendWithinMs, 'Sending', producer.sendBatch({ acks: -1, topicMessages })));
      this.limit = Math.min(2 * this.limit, most.messages);
      batch.forEach(({ resolve }) => resolve());
    } catch (error) {
      await this.startAfresh();
      this.refuse([...batch, ...this.takeSuccessors(batch)], error);
    }
  }

  /** How many of those waiting go together. */
  private nextCount(): number {
    let bytes = 0;
    const tooMany = this.waiting.findIndex((one, index) => index >= this.limit || (bytes += one.bytes) > most.bytes);
    return tooMany < 0 ? this.waiting.length : Math.max(tooMany, 1);
  }

  /** A message that no broker takes must not drag others along for ever: after a failure they go one by one at first. */
  private async startAfresh(): Promise<void> {
    this.limit = 1;
    this.offsets.clear();
    await this.producer.drop();
  }

  /** What waits behind a refused message under the same key is refused as well: it may not overtake. */
  private takeSuccessors(refused: readonly Waiting[]): Waiting[] {
    const keys = new Set(refused.map(({ message }) => message.key));
    const successors = this.waiting.filter(({ message }) => keys.has(message.key));
    const others = this.waiting.filter(({ message }) => !keys.has(message.key));
    this.waiting.splice(0, this.waiting.length, ...others);
    return successors;
  }

  private check(results: readonly RecordMetadata[]): void {
    for (const { topicName, partition, baseOffset } of results) {
      const place = `${topicName}/${partition}`;
      const [last, now] = [this.offsets.get(place) ?? -1n, BigInt(baseOffset ?? -1)];
      if (now <= last) throw new Error(`${place} acknowledged offset ${now} after ${last}: a message may be lost`);
      this.offsets.set(place, now);
    }
  }

  private refuse(refused: readonly Waiting[], cause: unknown): void {
    refused.forEach(({ topic, reject }) => reject(new NotPublished(topic, cause)));
  }
}

const toKafka = ({ key, value, headers }: OutgoingMessage) => ({ key, value, headers: { ...headers } });

const sizeOf = ({ key, value, headers }: OutgoingMessage): number =>
  Object.entries(headers).reduce((sum, [name, header]) => sum + name.length + lengthOf(header), 0) +
  lengthOf(key) +
  lengthOf(value);

const lengthOf = (value: OutgoingMessage['headers'][string] | null): number => {
  if (!value) return 0;
  return Array.isArray(value) ? value.reduce((sum, one) => sum + Buffer.byteLength(one), 0) : Buffer.byteLength(value);
};
