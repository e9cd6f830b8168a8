import { randomUUID } from 'node:crypto';
import { createStop, pause, type Lease, type Leases } from '@pim/engine';
import type { Mongo } from './mongo';

const collection = '_leases';

/** Renewed five times in its length, and given up one of these fifths before its end. */
const parts = 5;

interface LeaseRow {
  readonly _id: string;
  readonly fence: bigint;
  /** Counts renewals: a row that does not change has nobody who renews it. */
  readonly beat: bigint;
  /** Another for each lease; null when it was released. */
  readonly holder: string | null;
}

interface Seen {
  readonly row: LeaseRow;
  /** By this process's own clock, which nothing sets: when the answer was there. */
  readonly at: number;
}

const isSame = (a: LeaseRow, b: LeaseRow): boolean => a.holder === b.holder && a.beat === b.beat;

/**
 * Leases as documents that their holders keep changing. No two clocks are compared: who waits measures how long the
 * document stayed the same since it saw it first, who holds measures from when it sent its last renewal, which was before.
 */
export class MongoLeases implements Leases {
  private readonly seen = new Map<string, Seen>();

  /** `lastsMs`: how long a lease lasts that is not renewed. */
  constructor(
    private readonly mongo: Mongo,
    private readonly lastsMs: number,
  ) {}

  async take(name: string): Promise<Lease | null> {
    const askedAt = performance.now();
    const row = await this.row(name);
    if (!row || !this.isToBeHad(row, askedAt)) return null;
    this.seen.delete(name);
    const sentAt = performance.now();
    const { _id, fence, beat, holder } = row;
    const next = { fence: fence + 1n, beat: 0n, holder: randomUUID() };
    // Only if it is still what was seen: of several who try, one finds it so.
    const taken = await this.mongo.change<LeaseRow>(collection, { _id, fence, beat, holder }, { $set: next });
    return taken && new MongoLease(this.mongo, taken, { lastsMs: this.lastsMs, sentAt });
  }

  /** The row as it is now; null when somebody else made it at the same moment. */
  private row(name: string): Promise<LeaseRow | null> {
    // Fences go on growing, too, where the whole database was dropped meanwhile.
    const first = { fence: BigInt(Date.now()), beat: 0n, holder: null };
    return this.mongo.change<LeaseRow>(collection, { _id: name }, { $setOnInsert: first }, true);
  }

  private isToBeHad(row: LeaseRow, askedAt: number): boolean {
    if (row.holder === null) return true;
    const seen = this.seen.get(row._id);
    if (seen && isSame(seen.row, row)) return askedAt - seen.at >= this.lastsMs;
    this.seen.set(row._id, { row, at: performance.now() });
    return false;
  }
}

class MongoLease implements Lease {
  readonly fence: bigint;
  private readonly over = createStop();
  private readonly running: Promise<void>;
  private end: NodeJS.Timeout | undefined;

  constructor(
    private readonly mongo: Mongo,
    private readonly row: LeaseRow,
    private readonly times: { readonly lastsMs: number; readonly sentAt: number },
  ) {
    this.fence = row.fence;
    this.extend(times.sentAt);
    this.running = this.keep();
  }

  get lost(): AbortSignal {
    return this.over.signal;
  }

  async release(): Promise<void> {
    this.giveUp();
    await this.running;
    await this.mongo.change<LeaseRow>(collection, this.mine(), { $set: { holder: null } });
  }

  private async keep(): Promise<void> {
    while (!this.lost.aborted) {
      await pause(this.times.lastsMs / parts, this.lost);
      // A failure may be the answer's alone, or pass: the end of the lease decides, not the renewal.
      if (!this.lost.aborted) await this.renew().catch(() => undefined);
    }
  }

  private async renew(): Promise<void> {
    const sentAt = performance.now();
    const row = await this.mongo.change<LeaseRow>(collection, this.mine(), { $inc: { beat: 1n } });
    if (row) this.extend(sentAt);
    else this.giveUp();
  }

  private mine() {
    return { _id: this.row._id, holder: this.row.holder };
  }

  /** It lasts from when the renewal was sent: the document changed at that time or later. */
  private extend(sentAt: number): void {
    clearTimeout(this.end);
    if (this.lost.aborted) return;
    const until = sentAt + this.times.lastsMs * (1 - 1 / parts);
    this.end = setTimeout(() => this.giveUp(), until - performance.now()).unref();
  }

  private giveUp(): void {
    clearTimeout(this.end);
    this.over.abort();
  }
}
