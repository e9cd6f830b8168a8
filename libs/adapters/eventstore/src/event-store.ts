import {
  checkWhole,
  prepareAppend,
  StoreUnavailable,
  WrongRevision,
  type Appended,
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
import { uuid } from '@pim/kernel';
import { Connection, type StreamQuestion } from './connection';
import { Gate } from './gate';
import { LogReader } from './log-reader';
import { askUntilAnswered, type Patience } from './perseverance';
import { toRecorded, withStoredVersion } from './recorded-event';
import { FeedSubscription } from './subscription';

export { BadConnectionString } from './connection-string';

/** How long the store waits for EventStoreDB, and again for a place in the queue before it. Milliseconds. */
export interface EventStoreDbPatience extends Patience {
  /** A subscription that has not heard anything for so long is begun anew from where it stands. */
  readonly silenceMs: number;
}

const usualPatience: EventStoreDbPatience = { callMs: 2_000, giveUpMs: 5_000, silenceMs: 5_000 };

/** Subscriptions need places on the connection, too. */
const questionsAtOnce = 64;

/**
 * The event store on EventStoreDB 24.10 or a later server that speaks its API. Nothing is sent before the first
 * question; a server that is away makes questions wait, then throw `StoreUnavailable`. Throws `BadConnectionString`.
 */
export const eventStoreDb = (connectionString: string, patience: Partial<EventStoreDbPatience> = {}): EventStore =>
  new EventStoreDb(new Connection(connectionString), { ...usualPatience, ...patience });

class EventStoreDb implements EventStore {
  private readonly log: LogReader;
  private readonly gate = new Gate(questionsAtOnce);
  private readonly subscriptions = new Set<FeedSubscription>();
  private readonly underWay = new Set<Promise<unknown>>();
  private closing: Promise<void> | null = null;
  private closed = false;

  constructor(
    private readonly connection: Connection,
    private readonly patience: EventStoreDbPatience,
  ) {
    this.log = new LogReader(connection, patience);
  }

  async append(stream: string, events: readonly NewEvent[], expected: Expected): Promise<Appended> {
    checkIds(stream, events);
    const prepared = prepareAppend(stream, events.map(withStoredVersion), expected);
    const appended = await this.ask(() => (events.length > 0 ? this.record(prepared) : this.confirm(prepared)));
    this.log.learn(appended.position);
    return appended;
  }

  async read(stream: string, options: ReadOptions = {}): Promise<readonly RecordedEvent[]> {
    const { from, direction = 'forwards', limit } = options;
    checkWhole('from', from);
    checkWhole('limit', limit);
    return this.ask(async () => (limit === 0 ? [] : this.readStream({ stream, from, direction, limit })));
  }

  async readAll({ after, limit, categories }: ReadAllOptions): Promise<readonly RecordedEvent[]> {
    checkWhole('limit', limit);
    const question = { after: after === 'start' ? 0n : after, limit, categories };
    return this.ask(async () => (limit === 0 || categories?.length === 0 ? [] : this.log.read(question)));
  }

  async head(): Promise<Position> {
    return this.ask(() => this.log.head());
  }

  async subscribe(options: SubscribeOptions, handle: (event: RecordedEvent) => Promise<void>): Promise<Subscription> {
    if (this.closing) throw closedStore();
    const { categories } = options;
    if (categories?.length === 0) return { stop: () => Promise.resolve() };
    const open = (after: Position) => this.connection.follow(after, categories);
    const subscription = new FeedSubscription({ options, open, handle, silenceMs: this.patience.silenceMs });
    this.subscriptions.add(subscription);
    return {
      stop: async () => {
        await subscription.stop();
        this.subscriptions.delete(subscription);
      },
    };
  }

  close(): Promise<void> {
    this.closing ??= this.shutDown();
    return this.closing;
  }

  private async shutDown(): Promise<void> {
    // Handlers may still append while they come to an end; only then is the door shut.
    await Promise.all([...this.subscriptions].map((subscription) => subscription.stop()));
    this.closed = true;
    await Promise.allSettled(this.underWay);
    await this.connection.close(this.patience.callMs);
  }

  private async record(prepared: PreparedAppend): Promise<Appended> {
    const { revision, position } = await this.send(prepared);
    if (position !== null) return { revision, position };
    const { stream } = prepared;
    const [event] = await this.readStream({ stream, from: revision, direction: 'forwards', limit: 1 });
    return { revision, position: event?.position ?? 0n };
  }

  /** Goes all the way that a write goes, so that it also tells whether the server takes writes. */
  private async confirm(prepared: PreparedAppend): Promise<Appended> {
    const { stream, expected } = prepared;
    await this.send({ ...prepared, expected: 'any' });
    const [last] = await this.readStream({ stream, from: undefined, direction: 'backwards', limit: 1 });
    const { revision, position } = last ?? { revision: -1, position: 0n };
    if (!isMet(expected, revision)) throw new WrongRevision(stream, expected, last ? revision : 'no-stream');
    return { revision, position };
  }

  private send(prepared: PreparedAppend) {
    return askUntilAnswered(this.patience, (ms) => this.connection.append(prepared, ms));
  }

  private async readStream(question: StreamQuestion): Promise<readonly RecordedEvent[]> {
    return (await askUntilAnswered(this.patience, (ms) => this.connection.readStream(question, ms))).map(toRecorded);
  }

  private async ask<T>(question: () => Promise<T>): Promise<T> {
    if (this.closed) throw closedStore();
    const answer = this.gate.pass(this.patience.giveUpMs, question);
    this.underWay.add(answer);
    try {
      return await answer;
    } finally {
      this.underWay.delete(answer);
    }
  }
}

const closedStore = (): StoreUnavailable => new StoreUnavailable('The event store is closed. Open it again.');

/** UUIDs are all that EventStoreDB takes for an id, and it gives them back in lower case. */
const checkIds = (stream: string, events: readonly NewEvent[]): void => {
  for (const { id, type } of events)
    if (!uuid.test(id) || id !== id.toLowerCase())
      throw new RangeError(`${stream}: the id "${id}" of ${type} is not a UUID in lower case.`);
};

const isMet = (expected: Expected, revision: number): boolean => {
  if (expected === 'any') return true;
  if (expected === 'stream-exists') return revision >= 0;
  return revision === (expected === 'no-stream' ? -1 : expected);
};
