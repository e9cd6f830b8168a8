import type { Instant } from '@pim/contracts';
import {
  categoryOf,
  failureOf,
  handleOrGiveUp,
  StreamQueues,
  type GivenUp,
  type Handle,
  type Parked,
  type RecordedEvent,
} from '@pim/engine';

/** How failures are met; see `EmbeddedBusOptions`. */
export interface RetryPolicy {
  readonly retries: number;
  readonly onParked: (parked: Parked) => void;
  readonly pauseMs: (attempt: number) => number;
  readonly now: () => Instant;
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

  /** One try for each parked event, or for the one with this id; how many went through. */
  async replay(eventId?: string): Promise<number> {
    const chosen = this.parked().filter(({ event }) => eventId === undefined || event.id === eventId);
    const results = await Promise.all(
      chosen.map(({ event }) => this.queues.run(event.stream, () => this.retry(event))),
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
    // Once the bus closes nothing is parked: it would be forgotten, and the publisher would not know.
    const givenUp = await handleOrGiveUp(handle, event, { ...this.policy, signal: this.closing });
    if (givenUp !== null) this.park(event, givenUp);
  }

  private async retry(event: RecordedEvent): Promise<boolean> {
    this.closing.throwIfAborted();
    const handle = this.next(categoryOf(event.stream));
    // Another replay may have come first.
    const parked = this.aside.get(event.id);
    if (!handle || !parked) return false;
    const failure = await failureOf(handle, event);
    if (failure === null) return this.aside.delete(event.id);
    this.aside.set(event.id, { ...parked, reason: failure.reason, tries: parked.tries + 1 });
    return false;
  }

  private park(event: RecordedEvent, givenUp: GivenUp): void {
    const parked: Parked = { group: this.name, event, ...givenUp, since: this.policy.now() };
    this.aside.set(event.id, parked);
    try {
      this.policy.onParked(parked);
    } catch {
      // Whoever listens must not be able to hold up the events behind this one.
    }
  }
}
