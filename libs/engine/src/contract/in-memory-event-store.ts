import { setImmediate, setTimeout } from 'node:timers/promises';
import {
  categoryOf,
  StoreUnavailable,
  type EventStore,
  type Position,
  type RecordedEvent,
  type SubscribeOptions,
  type Subscription,
} from '../ports/event-store';
import { InMemoryLog } from './in-memory-log';

const firstPauseMs = 1;
const longestPauseMs = 50;

/**
 * An event store for specs: it passes the contract suite and keeps its events in the log it is given, so that a spec can
 * crash and start again on the same history. Its pauses are short.
 */
export const inMemoryEventStore = (log = new InMemoryLog()): EventStore => {
  const readers = new Set<Reader>();
  let isClosed = false;
  const open = async (): Promise<InMemoryLog> => {
    await Promise.resolve();
    if (isClosed) throw new StoreUnavailable('The event store is closed. Open its log again.');
    return log;
  };
  return {
    append: async (stream, events, expected) => {
      const appended = (await open()).append(stream, events, expected);
      for (const reader of readers) reader.wake(categoryOf(stream));
      return appended;
    },
    read: async (stream, options = {}) => (await open()).read(stream, options),
    readAll: async (options) => (await open()).readAll(options),
    head: async () => (await open()).head(),
    subscribe: async (options, handle) => {
      const reader = new Reader(await open(), options, handle);
      readers.add(reader);
      return reader;
    },
    close: async () => {
      // Appends asked for before it was closed are still taken.
      await setImmediate();
      await Promise.all([...readers].map((reader) => reader.stop()));
      isClosed = true;
    },
  };
};

class Reader implements Subscription {
  private isStopped = false;
  private after: Position;
  private pauseMs = firstPauseMs;
  private wakeUp: () => void = () => undefined;
  private readonly ended: Promise<void>;

  constructor(
    private readonly log: InMemoryLog,
    private readonly options: SubscribeOptions,
    private readonly handle: (event: RecordedEvent) => Promise<void>,
  ) {
    this.after = options.after === 'start' ? 0n : options.after;
    this.ended = this.run();
  }

  wake(category: string): void {
    if (this.options.categories?.includes(category) ?? true) this.wakeUp();
  }

  stop(): Promise<void> {
    this.isStopped = true;
    this.wakeUp();
    return this.ended;
  }

  private async run(): Promise<void> {
    await Promise.resolve();
    while (!this.isStopped) {
      const [event] = this.log.readAll({ ...this.options, after: this.after, limit: 1 });
      if (event) await this.deliver(event);
      else await new Promise<void>((resolve) => (this.wakeUp = resolve));
    }
  }

  private async deliver(event: RecordedEvent): Promise<void> {
    try {
      await this.handle(event);
      this.after = event.position;
      this.pauseMs = firstPauseMs;
    } catch (error) {
      this.tell(error, event);
      await setTimeout(this.pauseMs);
      this.pauseMs = Math.min(this.pauseMs * 2, longestPauseMs);
    }
  }

  private tell(error: unknown, event: RecordedEvent): void {
    try {
      this.options.onError?.(error, event);
    } catch {
      // Whoever listens to failures must not be able to end the subscription.
    }
  }
}
