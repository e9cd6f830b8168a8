import type { Instant } from '@pim/contracts';
import type { Deadline, DueChange } from './deadline';
import { Heap } from './heap';

/** One deadline that is set: what to ask for, and when. */
export interface Due {
  readonly deadline: Deadline;
  readonly key: string;
  readonly at: Instant;
  readonly subject: object;
  /** Of the event that set it. */
  readonly correlationId: string;
}

/** Stale entries that may lie about besides as many as are set. */
const slack = 1_024;

/**
 * The deadlines that are set, in order of time. One that is moved or cleared stays in the heap until its turn comes or
 * the stale ones outnumber the others, so that no event costs more than the logarithm of their number.
 */
export class DueIndex {
  private readonly set = new Map<string, Due>();
  private readonly heap = new Heap<Due>((a, b) => a.at < b.at);

  /** Deadlines set and not yet answered. */
  get size(): number {
    return this.set.size;
  }

  /** Sets, moves or clears a deadline. */
  change(deadline: Deadline, { key, at, subject }: DueChange<object>, correlationId: string): void {
    if (at === null) this.set.delete(idOf({ deadline, key }));
    else this.add({ deadline, key, at, subject, correlationId });
    if (this.heap.size > 2 * this.set.size + slack) this.heap.retain((due) => this.holds(due));
  }

  /** The earliest one that is not taken. */
  first(): Due | undefined {
    let due = this.heap.first();
    for (; due && !this.holds(due); due = this.heap.first()) this.heap.pop();
    return due;
  }

  /** Takes out the earliest one that is due at this instant; it stays set until it is answered. */
  take(now: Instant): Due | undefined {
    const due = this.first();
    return due && due.at <= now ? this.heap.pop() : undefined;
  }

  /** Puts one that was taken back in its place; it is stale there if it was moved or cleared meanwhile. */
  putBack(due: Due): void {
    this.heap.push(due);
  }

  /** Removes one that was taken, unless it was moved meanwhile. */
  answered(due: Due): void {
    if (this.holds(due)) this.set.delete(idOf(due));
  }

  /** Whether it was neither moved nor cleared nor answered. */
  holds(due: Due): boolean {
    return this.set.get(idOf(due)) === due;
  }

  private add(due: Due): void {
    this.set.set(idOf(due), due);
    this.heap.push(due);
  }
}

const idOf = ({ deadline, key }: Pick<Due, 'deadline' | 'key'>): string => `${deadline.name}:${key}`;
