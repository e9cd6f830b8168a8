import type { Instant } from '@pim/contracts';
import type { EventStore, Position } from '../ports/event-store';

interface Waiter {
  readonly until: Position;
  resolve(): void;
  reject(error: unknown): void;
}

/** What a loop reads of the log. */
export type LogReader = Pick<EventStore, 'head' | 'readAll' | 'subscribe'>;

/** Events looked at to find out how far behind a loop is. */
const probeSize = 64;

/** Events counted at most. */
const mostCounted = 1_000;

/** What of the log a loop has not done. */
export interface Lag {
  /** Counted up to 1,000. */
  readonly events: number;
  /** When the first of them was recorded; null when there are none. */
  readonly since: Instant | null;
}

const none: Lag = { events: 0, since: null };

/** How far a loop over the log has come, and who waits for it to come further. */
export class Progress {
  private waiters: Waiter[] = [];
  private ended: Error | null = null;
  /** Up to here the log holds nothing for this loop that it has not done. */
  private clearTo: Position;

  constructor(private done: Position) {
    this.clearTo = done;
  }

  /** The last event done; 0 before the first. */
  get position(): Position {
    return this.done;
  }

  advance(position: Position): void {
    this.done = position;
    if (this.waiters.length === 0) return;
    const reached = this.waiters.filter(({ until }) => until <= position);
    this.waiters = this.waiters.filter(({ until }) => until > position);
    for (const { resolve } of reached) resolve();
  }

  /** Lets everybody who waits, now or later, know that there will be no more progress. */
  end(error: Error): void {
    this.ended = error;
    for (const { reject } of this.waiters.splice(0)) reject(error);
  }

  /** Resolves when everything of these categories that is in the log now is done; rejects when the loop has ended. */
  async reachHead(log: LogReader, categories: readonly string[]): Promise<void> {
    const target = await log.head();
    while (this.done < target && this.clearTo < target) {
      const pending = await log.readAll({ after: startingAt(this.done), limit: probeSize, categories });
      const last = pending.filter(({ position }) => position <= target).at(-1);
      if (last) await this.reach(last.position);
      else this.clearTo = target;
    }
  }

  /** What of these categories is in the log and not done; rejects when the log cannot be read. */
  async lag(log: LogReader, categories: readonly string[]): Promise<Lag> {
    const target = await log.head();
    if (this.done >= target || this.clearTo >= target) return none;
    const pending = await log.readAll({ after: startingAt(this.done), limit: mostCounted, categories });
    const [first] = pending;
    if (first) return { events: pending.length, since: first.recordedAt };
    this.clearTo = target;
    return none;
  }

  private reach(until: Position): Promise<void> {
    if (this.done >= until) return Promise.resolve();
    if (this.ended) return Promise.reject(this.ended);
    return new Promise((resolve, reject) => this.waiters.push({ until, resolve, reject }));
  }
}

/** Where to read on after this position; 0 stands for nothing read. */
export const startingAt = (position: Position): Position | 'start' => (position === 0n ? 'start' : position);
