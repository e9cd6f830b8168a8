import { StoreUnavailable } from '@pim/engine';
import type Database from 'libsql';
import { codeOf, reasonOf } from './event-store-database';

/** What became of one piece of work when the disk was fine: its result, or why it was turned down. */
export type Outcome<T> = { readonly value: T } | { readonly refused: Error };

interface Job {
  /** Runs inside the transaction. Throws only when the database fails. */
  run(): void;
  /** After the commit. */
  settle(): void;
  fail(error: StoreUnavailable): void;
}

/** A transaction holds the event loop, so a burst is cut into turns that others can come between. */
const maxJobsPerCommit = 256;

/**
 * Group commit: everything submitted in one turn of the event loop shares one transaction and one flush. A piece of
 * work that is refused does not touch the others; a commit that fails takes all of them down.
 */
export class GroupCommit {
  private queue: Job[] = [];
  private scheduled = false;
  private broken: StoreUnavailable | null = null;
  private whenIdle: (() => void)[] = [];

  constructor(private readonly db: Pick<Database.Database, 'exec' | 'inTransaction'>) {}

  /** Resolves when the work is on the disk. Rejects with the refusal, or with `StoreUnavailable`. */
  submit<T>(work: () => Outcome<T>): Promise<T> {
    const { broken } = this;
    if (broken) return Promise.reject(broken);
    return new Promise<T>((resolve, reject) => {
      let outcome: Outcome<T> | null = null;
      this.queue.push({
        run: () => {
          outcome = work();
        },
        settle: () => {
          if (outcome && 'value' in outcome) resolve(outcome.value);
          else reject(outcome?.refused);
        },
        fail: reject,
      });
      this.schedule();
    });
  }

  /** Resolves when nothing is waiting to be committed. */
  async idle(): Promise<void> {
    if (this.scheduled) await new Promise<void>((resolve) => this.whenIdle.push(resolve));
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => this.flush());
  }

  private flush(): void {
    const batch = this.queue.splice(0, maxJobsPerCommit);
    this.scheduled = false;
    try {
      this.commit(batch);
      for (const job of batch) job.settle();
    } catch (error) {
      const unavailable = error instanceof StoreUnavailable ? error : notRecorded(error);
      for (const job of batch) job.fail(unavailable);
    }
    if (this.queue.length > 0) this.schedule();
    else for (const resolve of this.whenIdle.splice(0)) resolve();
  }

  private commit(batch: readonly Job[]): void {
    if (this.broken) throw this.broken;
    this.db.exec('BEGIN IMMEDIATE');
    try {
      for (const job of batch) job.run();
    } catch (error) {
      this.rollback(error);
      throw notRecorded(error);
    }
    try {
      this.db.exec('COMMIT');
    } catch (error) {
      this.rollback(error);
      // A full disk is met before the frame that makes a commit count. After any other failure the next start may
      // find the batch in the log or not, and a second flush that succeeds would prove nothing about the first.
      if (!codeOf(error).startsWith('SQLITE_FULL')) this.break(error);
      throw this.broken ?? notRecorded(error);
    }
  }

  private rollback(cause: unknown): void {
    try {
      if (this.db.inTransaction) this.db.exec('ROLLBACK');
    } catch {
      this.break(cause);
    }
  }

  private break(cause: unknown): void {
    this.broken = new StoreUnavailable(
      `The event log may or may not hold the last commands: ${reasonOf(cause)}. Check the disk, then restart.`,
      { cause },
    );
  }
}

const notRecorded = (cause: unknown): StoreUnavailable =>
  new StoreUnavailable(`Nothing was recorded in the event log: ${reasonOf(cause)}. Check the disk and try again.`, {
    cause,
  });
