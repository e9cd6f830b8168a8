import type { Instant } from '@pim/contracts';
import type { Bus, ConsumerOptions, Handle, Parked, RecordedEvent } from '@pim/engine';
import { setMaxListeners } from 'node:events';
import { ConsumerGroup, type RetryPolicy } from './bus-group';

/** How an embedded bus deals with handlers that fail. */
export interface EmbeddedBusOptions {
  /** How often a failed event is tried again before it is parked. */
  readonly retries?: number;
  /** Told of every event that is parked; what it throws is ignored. */
  readonly onParked?: (parked: Parked) => void;
  /** The pause before the try with this number, 1 for the first repetition, in milliseconds. */
  readonly pauseMs?: (attempt: number) => number;
  /** For when an event was set aside; without it the machine's clock. */
  readonly now?: () => Instant;
}

/** 20, 40, 80, 160, 320 ms …: long enough for a moment's trouble, short enough not to hold up the publisher. */
const growingPause = (attempt: number): number => Math.min(10 * 2 ** attempt, 5_000);

/**
 * A bus within this process. Events of one stream reach a group one at a time and in the order in which they were
 * published, different streams side by side. What is parked is remembered until the process ends.
 */
export const embeddedBus = ({
  retries = 5,
  onParked = () => undefined,
  pauseMs = growingPause,
  now = () => new Date().toISOString(),
}: EmbeddedBusOptions): Bus => new EmbeddedBus({ retries, onParked, pauseMs, now });

class EmbeddedBus implements Bus {
  private readonly groups = new Map<string, ConsumerGroup>();
  private readonly closing = new AbortController();

  constructor(private readonly policy: RetryPolicy) {
    // Each event that waits for its next try listens, however many there are.
    setMaxListeners(0, this.closing.signal);
  }

  async publish(event: RecordedEvent): Promise<void> {
    this.checkOpen();
    await Promise.all([...this.groups.values()].map((group) => group.deliver(event)));
  }

  async consume({ group, categories }: ConsumerOptions, handle: Handle): Promise<void> {
    this.checkOpen();
    const known = this.groups.get(group) ?? new ConsumerGroup(group, this.policy, this.closing.signal);
    this.groups.set(group, known);
    known.join(categories, handle);
  }

  async parked(): Promise<readonly Parked[]> {
    return [...this.groups.values()].flatMap((group) => group.parked());
  }

  async replay(group: string, eventId?: string): Promise<number> {
    this.checkOpen();
    return (await this.groups.get(group)?.replay(eventId)) ?? 0;
  }

  /** Waits for handlers under way. What was published and not handled by then is refused to its publisher. */
  async close(): Promise<void> {
    this.closing.abort(new Error('The bus is closed; the event was not handled. Publish it again after the restart.'));
    await Promise.all([...this.groups.values()].map((group) => group.idle()));
  }

  private checkOpen(): void {
    this.closing.signal.throwIfAborted();
  }
}
