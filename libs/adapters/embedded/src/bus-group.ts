import { categoryOf, StoreUnavailable, WrongRevision, type Parked, type RecordedEvent } from '@pim/engine';
import { setTimeout } from 'node:timers/promises';
import { reasonOf } from './bus-reason';
import { StreamQueues } from './bus-streams';

/** What a consumer does with an event. */
export type Handle = (event: RecordedEvent) => Promise<void>;

/** How failures are met; see `EmbeddedBusOptions`. */
export interface RetryPolicy {
  readonly retries: number;
  readonly onParked: (parked: Parked) => void;
  readonly pauseMs: (attempt: number) => number;
}

interface Member {
  readonly categories: readonly string[];
  readonly handle: Handle;
}

/** The consumers of one name: they share the work, retry what fails, and set aside what keeps failing. */
export class ConsumerGroup {
  private readonly members: Member[] = [];
  private readonly queues = new StreamQueues();
  private readonly aside = new Map<string, Parked>();
  private turn = 0;

  constructor(
    private readonly name: string,
    private readonly policy: RetryPolicy,
    private readonly closing: AbortSignal,
  ) {}

  join(categories: readonly string[], handle: Handle): void {
    this.members.push({ categories, handle });
  }

  /**
   * Resolves when the event was handled or parked, at once when nobody here wants its category. Rejects when the bus
   * was closed before that.
   */
  async deliver(event: RecordedEvent): Promise<void> {
    const handle = this.next(categoryOf(event.stream));
    if (handle) await this.queues.run(event.stream, () => this.handleOrPark(event, handle));
  }

  parked(): readonly Parked[] {
    return [...this.aside.values()];
  }

  /** One try for each parked event; how many went through. */
  async replay(): Promise<number> {
    const results = await Promise.all(
      this.parked().map(({ event }) => this.queues.run(event.stream, () => this.retry(event))),
    );
    return results.filter(Boolean).length;
  }

  idle(): Promise<void> {
    return this.queues.idle();
  }

  /** Members that want a category take turns. */
  private next(category: string): Handle | undefined {
    const willing = this.members.filter(({ categories }) => categories.includes(category));
    return willing[this.turn++ % willing.length]?.handle;
  }

  private async handleOrPark(event: RecordedEvent, handle: Handle): Promise<void> {
    for (let attempt = 1, counted = 0; ; attempt += 1) {
      this.closing.throwIfAborted();
      const failure = await failureOf(handle, event);
      if (failure === null) return;
      // Once the bus closes nothing is parked: it would be forgotten, and the publisher would not know.
      this.closing.throwIfAborted();
      // A store that is down says nothing about the event: that passes, and is waited for as long as it takes.
      if (!failure.passing && ++counted > this.policy.retries) return this.park(event, failure.reason);
      await setTimeout(this.policy.pauseMs(attempt), undefined, { signal: this.closing }).catch(() => undefined);
    }
  }

  private async retry(event: RecordedEvent): Promise<boolean> {
    this.closing.throwIfAborted();
    const handle = this.next(categoryOf(event.stream));
    // Another replay may have come first.
    if (!handle || !this.aside.has(event.id)) return false;
    const failure = await failureOf(handle, event);
    if (failure === null) return this.aside.delete(event.id);
    this.aside.set(event.id, { group: this.name, event, reason: failure.reason });
    return false;
  }

  private park(event: RecordedEvent, reason: string): void {
    const parked: Parked = { group: this.name, event, reason };
    this.aside.set(event.id, parked);
    try {
      this.policy.onParked(parked);
    } catch {
      // Whoever listens must not be able to hold up the events behind this one.
    }
  }
}

interface Failure {
  readonly reason: string;
  /** Not the event's fault: the store was away, or somebody else wrote first. */
  readonly passing: boolean;
}

/** One try: null when the event was handled, otherwise why not. */
const failureOf = async (handle: Handle, event: RecordedEvent): Promise<Failure | null> => {
  try {
    await handle(event);
    return null;
  } catch (error) {
    return { reason: reasonOf(error), passing: error instanceof StoreUnavailable || error instanceof WrongRevision };
  }
};
