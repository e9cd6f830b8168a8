import type { Instant, StateName } from '@pim/contracts';
import {
  categoryOf,
  createStop,
  guarded,
  type Bus,
  type ConsumerOptions,
  type Handle,
  type Parked,
  type RecordedEvent,
  type State,
  type StateTopics,
} from '@pim/engine';
import { toCloudEvent } from './cloud-event';
import { GroupMember, type RetryPolicy } from './group-member';
import { createKafka, createProducer, type Kafka, type KafkaOptions, type Timing } from './kafka-client';
import { ParkedLog, type InPlace } from './parked-log';
import { toParked } from './parked-message';
import { Publisher } from './publisher';
import type { ConsumerState } from './supervised-consumer';
import { toStateMessage } from './state-message';
import { categories, stateTopics, topicOf } from './topics';

/** How a bus on Kafka reaches it, and how it deals with handlers that fail. */
export interface KafkaBusOptions extends KafkaOptions {
  /** How often a failed event is tried again before it is parked. Default 5. */
  readonly retries?: number;
  /** The pause before the try with this number, 1 for the first repetition, in milliseconds. Default 20, 40, 80 … 5,000. */
  readonly pauseMs?: (attempt: number) => number;
  /** For when an event was set aside; without it the machine's clock. */
  readonly now?: () => Instant;
  /** Told of every event that is parked; what it throws is ignored. */
  readonly onParked?: (parked: Parked) => void;
  /** Told of every failure; the same thing is then tried again. */
  readonly onError?: (error: unknown) => void;
  /** Default: sessions of 30 s, heartbeats every 3 s, fetches that wait for half a second. */
  readonly timing?: Timing;
}

/** The bus, the compacted topics of what holds, and how its consumers do. */
export interface KafkaBus extends Bus, StateTopics {
  /** One entry for each call of `consume`: readiness follows them. */
  consumers(): readonly ConsumerState[];
}

const growingPause = (attempt: number): number => Math.min(10 * 2 ** attempt, 5_000);
const patient: Timing = { sessionMs: 30_000, heartbeatMs: 3_000, fetchMs: 500 };

/** Parked events that are tried again at the same time. */
const replayedAtOnce = 64;

/**
 * The bus on Kafka. Its topics must be there (`migrateTopics`). It connects when it is used; without brokers `publish`
 * fails within seconds, and consumers start when the brokers are back. Throws on options that are not safe or not complete.
 */
export const kafkaBus = (options: KafkaBusOptions): KafkaBus => new BusOnKafka(options);

class BusOnKafka implements KafkaBus {
  private readonly kafka: Kafka;
  private readonly policy: RetryPolicy;
  private readonly timing: Timing;
  private readonly publisher: Publisher;
  private readonly parkedLog: ParkedLog;
  private readonly members: GroupMember[] = [];
  private readonly closing = createStop();

  constructor(options: KafkaBusOptions) {
    const { retries = 5, pauseMs = growingPause, timing = patient, now = () => new Date().toISOString() } = options;
    this.kafka = createKafka(options);
    this.timing = timing;
    this.policy = { retries, pauseMs, now, onParked: guarded(options.onParked), onError: guarded(options.onError) };
    this.publisher = new Publisher(() => createProducer(this.kafka));
    const { kafka, publisher } = this;
    const { onError } = this.policy;
    this.parkedLog = new ParkedLog({ kafka, publisher, topics: categories.map(topicOf), timing, onError });
  }

  async publish(event: RecordedEvent): Promise<void> {
    this.checkOpen();
    await this.publisher.publish(topicOf(categoryOf(event.stream)), toCloudEvent(event));
  }

  async tell(name: StateName, state: State): Promise<void> {
    this.checkOpen();
    await this.publisher.publish(stateTopics[name], toStateMessage(name, state));
  }

  async consume(wanted: ConsumerOptions, handle: Handle): Promise<void> {
    this.checkOpen();
    const { kafka, parkedLog, policy, timing } = this;
    this.members.push(new GroupMember(wanted, handle, { kafka, parkedLog, policy, timing }));
  }

  consumers(): readonly ConsumerState[] {
    return this.members.map((member) => member.state());
  }

  async parked(): Promise<readonly Parked[]> {
    this.checkOpen();
    return (await this.parkedLog.all()).map((place) => toParked(place, place.topic));
  }

  async replay(group: string, eventId?: string): Promise<number> {
    this.checkOpen();
    const aside = (await this.parkedLog.all()).filter(
      (place) => place.group === group && (eventId === undefined || place.id === eventId),
    );
    let count = 0;
    for (let start = 0; start < aside.length; start += replayedAtOnce) {
      const results = await Promise.all(
        aside.slice(start, start + replayedAtOnce).map((place) => this.replayOne(place)),
      );
      count += results.filter(Boolean).length;
    }
    return count;
  }

  /** Waits for handlers under way, and seconds at most for brokers that do not answer; what was published and not acknowledged by then is refused to its publisher. */
  async close(): Promise<void> {
    this.closing.abort(new Error('The bus is closed. Publish it again after the restart.'));
    await Promise.all(this.members.map((member) => member.stop()));
    await Promise.all([this.parkedLog.close(), this.publisher.close()]);
  }

  private async replayOne(place: InPlace): Promise<boolean> {
    this.checkOpen();
    return (await this.members.find((member) => member.wants(place))?.replay(place)) ?? false;
  }

  private checkOpen(): void {
    this.closing.signal.throwIfAborted();
  }
}
