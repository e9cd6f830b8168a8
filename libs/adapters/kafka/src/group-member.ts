import type { Instant } from '@pim/contracts';
import {
  failureOf,
  handleOrGiveUp,
  persist,
  StreamQueues,
  type ConsumerOptions,
  type GivenUp,
  type Handle,
  type Parked,
  type RecordedEvent,
} from '@pim/engine';
import { handleBatch } from './consumed-batch';
import { createConsumer, type EachBatchPayload, type Kafka, type KafkaMessage, type Timing } from './kafka-client';
import type { InPlace, ParkedLog } from './parked-log';
import { readEvent, toParked } from './parked-message';
import { SupervisedConsumer, type ConsumerState } from './supervised-consumer';
import { topicOf } from './topics';

/** How failures are met. */
export interface RetryPolicy {
  readonly retries: number;
  readonly pauseMs: (attempt: number) => number;
  readonly now: () => Instant;
  readonly onParked: (parked: Parked) => void;
  readonly onError: (error: unknown) => void;
}

export interface GroupMemberOptions {
  readonly kafka: Kafka;
  readonly parkedLog: ParkedLog;
  readonly policy: RetryPolicy;
  readonly timing: Timing;
}

/**
 * One consumer of a group: hands events to its handler, those of a stream in order, and sets aside what keeps failing or
 * cannot be read. Nothing that a handler does can end it.
 */
export class GroupMember {
  private readonly queues = new StreamQueues();
  private readonly consumer: SupervisedConsumer;

  constructor(
    private readonly wanted: ConsumerOptions,
    private readonly handle: Handle,
    private readonly options: GroupMemberOptions,
  ) {
    const { kafka, policy, timing } = options;
    this.consumer = new SupervisedConsumer({
      make: () => createConsumer(kafka, wanted.group, timing),
      group: wanted.group,
      topics: wanted.categories.map(topicOf),
      commits: true,
      handle: (payload, signal) => this.take(payload, signal),
      onError: policy.onError,
      silenceMs: 3 * timing.sessionMs,
    });
  }

  state(): ConsumerState {
    return this.consumer.state();
  }

  /** Resolves when no handler is under way and none will be. */
  async stop(): Promise<void> {
    await this.consumer.stop();
    await this.queues.idle();
  }

  wants({ group, topic }: InPlace): boolean {
    return group === this.wanted.group && this.wanted.categories.some((category) => topicOf(category) === topic);
  }

  /** One try for a message that was set aside, in its place among the others of its stream; whether it went through. */
  replay(place: InPlace): Promise<boolean> {
    const read = readEvent(place.message, place.topic);
    if ('reason' in read) return Promise.resolve(false);
    return this.queues.run(read.event.stream, () => this.retry(read.event, place));
  }

  private async retry(event: RecordedEvent, place: InPlace): Promise<boolean> {
    const { parkedLog } = this.options;
    // Another replay may have come first.
    if (!parkedLog.has(place)) return false;
    const failure = await failureOf(this.handle, event);
    const again = { ...place, reason: failure?.reason ?? '', tries: place.tries + 1 };
    await (failure ? parkedLog.add(again) : parkedLog.remove(place));
    return failure === null;
  }

  private take(payload: EachBatchPayload, signal: AbortSignal): Promise<void> {
    const { topic, partition } = payload.batch;
    return handleBatch(payload, {
      handle: (message, turn) => this.handleMessage(message, { topic, partition }, turn),
      heartbeatMs: this.options.timing.heartbeatMs,
      closing: signal,
    });
  }

  /** False when it was ended before the message was handled or aside. Never throws. */
  private async handleMessage(
    message: KafkaMessage,
    { topic, partition }: { readonly topic: string; readonly partition: number },
    signal: AbortSignal,
  ): Promise<boolean> {
    const { group } = this.wanted;
    const since = this.options.policy.now();
    const place = (id: string, why: GivenUp): InPlace => ({ topic, group, id, message, since, ...why });
    const read = readEvent(message, topic);
    if ('reason' in read) {
      const { reason } = read;
      return this.park(place(`${topic}/${partition}/${message.offset}`, { reason, tries: 0 }), signal);
    }
    const { event } = read;
    return this.queues.run(event.stream, async () => {
      const outcome = await this.attempt(event, signal);
      return typeof outcome === 'boolean' ? outcome : this.park(place(event.id, outcome), signal);
    });
  }

  /** Whether the event was handled, or why it is given up. */
  private async attempt(event: RecordedEvent, signal: AbortSignal): Promise<true | false | GivenUp> {
    try {
      return (await handleOrGiveUp(this.handle, event, { ...this.options.policy, signal })) ?? true;
    } catch {
      return false;
    }
  }

  private async park(place: InPlace, signal: AbortSignal): Promise<boolean> {
    const { parkedLog, policy } = this.options;
    const isAside = await persist(() => parkedLog.add(place), { signal, onError: policy.onError });
    if (isAside) policy.onParked(toParked(place, place.topic));
    return isAside;
  }
}
