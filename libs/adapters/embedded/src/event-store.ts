import type { Instant } from '@pim/contracts';
import {
  checkWhole,
  prepareAppend,
  StoreUnavailable,
  type Appended,
  type Checkpoints,
  type EventStore,
  type Expected,
  type NewEvent,
  type Position,
  type PreparedAppend,
  type ReadAllOptions,
  type ReadOptions,
  type RecordedEvent,
  type SubscribeOptions,
  type Subscription,
} from '@pim/engine';
import type Database from 'libsql';
import { judge } from './event-store-append';
import { openDatabase, reasonOf, releaseDatabase } from './event-store-database';
import { LogSubscription } from './event-store-subscription';
import { EventTables } from './event-store-tables';
import { GroupCommit, type Outcome } from './event-store-writer';

export { DataFolderLocked, DataFolderUnusable } from './event-store-database';

/** The only thing the store asks of a clock: the time an event is recorded under. */
export interface RecordingClock {
  now(): Instant;
}

/** Events a subscription takes from the log at once; each may be as large as an append. */
const pageSize = 64;

/**
 * Opens the log in a data folder of this machine, which is created when missing and belongs to this process until
 * `close()`. Throws `DataFolderLocked` when another process has it, `DataFolderUnusable` when it cannot hold a log.
 * After a commit whose outcome is unknown every write throws `StoreUnavailable` until the folder is opened again.
 */
export const openEmbeddedEventStore = async (
  folder: string,
  clock: RecordingClock,
): Promise<EventStore & Checkpoints> => new EmbeddedEventStore(openDatabase(folder), clock);

/** The event store over an open database. Exported for tests that make the database fail. */
export class EmbeddedEventStore implements EventStore, Checkpoints {
  private readonly tables: EventTables;
  private readonly writer: GroupCommit;
  private readonly subscriptions = new Set<LogSubscription>();
  private closing: Promise<void> | null = null;
  private closed = false;

  constructor(
    private readonly db: Database.Database,
    private readonly clock: RecordingClock,
  ) {
    this.tables = new EventTables(db);
    this.writer = new GroupCommit(db);
  }

  async append(stream: string, events: readonly NewEvent[], expected: Expected): Promise<Appended> {
    const prepared = prepareAppend(stream, events, expected);
    this.checkOpen();
    const appended = await this.writer.submit(() => this.record(prepared));
    for (const subscription of this.subscriptions) subscription.wake(prepared.category);
    return appended;
  }

  async read(stream: string, options: ReadOptions = {}): Promise<readonly RecordedEvent[]> {
    checkWhole('from', options.from);
    checkWhole('limit', options.limit);
    return this.ask((tables) => tables.read(stream, options));
  }

  async readAll(options: ReadAllOptions): Promise<readonly RecordedEvent[]> {
    checkWhole('limit', options.limit);
    return this.ask((tables) => tables.readAll(options));
  }

  async head(): Promise<Position> {
    return this.ask((tables) => tables.head());
  }

  async subscribe(options: SubscribeOptions, handle: (event: RecordedEvent) => Promise<void>): Promise<Subscription> {
    if (this.closing) throw closedStore();
    const page = (after: Position) => this.ask((tables) => tables.readAll({ ...options, after, limit: pageSize }));
    const subscription = new LogSubscription(options, page, handle);
    this.subscriptions.add(subscription);
    return {
      stop: async () => {
        await subscription.stop();
        this.subscriptions.delete(subscription);
      },
    };
  }

  async load(name: string): Promise<Position | null> {
    return this.ask((tables) => tables.checkpoint(name));
  }

  async save(name: string, position: Position): Promise<void> {
    this.checkOpen();
    await this.writer.submit(() => ({ value: this.tables.saveCheckpoint(name, position) }));
  }

  close(): Promise<void> {
    this.closing ??= this.shutDown();
    return this.closing;
  }

  private async shutDown(): Promise<void> {
    // Handlers may still append while they come to an end; only then is the door shut.
    await Promise.all([...this.subscriptions].map((subscription) => subscription.stop()));
    this.closed = true;
    await this.writer.idle();
    releaseDatabase(this.db);
  }

  private record(ask: PreparedAppend): Outcome<Appended> {
    const verdict = judge(this.tables, ask);
    if (verdict.kind === 'refuse') return { refused: verdict.error };
    if (verdict.kind === 'answer') return { value: verdict.answer };
    const recordedAt = this.clock.now();
    const places = ask.events.map((event, n) => this.tables.insert(ask, event, verdict.after + 1 + n, recordedAt));
    return { value: places.at(-1) ?? { revision: verdict.after, position: 0n } };
  }

  private ask<T>(question: (tables: EventTables) => T): T {
    this.checkOpen();
    try {
      return question(this.tables);
    } catch (error) {
      throw new StoreUnavailable(`The event log could not be read: ${reasonOf(error)}. Check the disk and try again.`, {
        cause: error,
      });
    }
  }

  private checkOpen(): void {
    if (this.closed) throw closedStore();
  }
}

const closedStore = (): StoreUnavailable =>
  new StoreUnavailable('The event store is closed. Open the data folder again.');
