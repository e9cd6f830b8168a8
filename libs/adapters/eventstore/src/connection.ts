import { AppendTooLarge, WrongRevision, type Expected, type Position, type PreparedAppend } from '@pim/engine';
import {
  BACKWARDS,
  END,
  EventStoreDBClient,
  excludeSystemEvents,
  FORWARDS,
  jsonEvent,
  START,
  streamNameFilter,
  StreamNotFoundError,
  WrongExpectedVersionError,
  MaxAppendSizeExceededError,
  type AllStreamResolvedEvent,
  type AppendExpectedRevision,
  type JSONType,
  type ResolvedEvent,
} from '@eventstore/db-client';
import { collect, type Reading } from './collect';
import { BadConnectionString, checkConnectionString } from './connection-string';
import { Feed } from './feed';
import { within } from './perseverance';
import { isSystemEvent, toRecorded, type ServerEvent } from './recorded-event';

/** What is asked of one stream. */
export interface StreamQuestion {
  readonly stream: string;
  readonly from: number | undefined;
  readonly direction: 'forwards' | 'backwards';
  readonly limit: number | undefined;
}

/** Only the leader has everything that was acknowledged. */
const leader = { requiresLeader: true };

/**
 * The client of EventStoreDB, each call once and with a deadline; nothing else imports it. Errors other than
 * `WrongRevision` and `AppendTooLarge` are the client's own and leave open what the server did.
 */
export class Connection {
  private readonly client: EventStoreDBClient;

  /** Does not connect yet. Throws `BadConnectionString`, without the string: it may hold a password. */
  constructor(connectionString: string) {
    checkConnectionString(connectionString);
    this.client = tamed(clientFor(connectionString));
  }

  /** Where the append ended; no position when the server does not repeat it for a retry. */
  async append(ask: PreparedAppend, ms: number): Promise<{ revision: number; position: Position | null }> {
    const events = ask.events.map(({ id, type, data, metadata }) =>
      jsonEvent({ id, type, data: JSON.parse(data) as JSONType, metadata: JSON.parse(metadata) as JSONType }),
    );
    const options = { ...leader, expectedRevision: expectedRevision(ask.expected), deadline: ms };
    try {
      const appended = await within(ms, this.client.appendToStream(ask.stream, events, options));
      return { revision: Number(appended.nextExpectedRevision), position: appended.position?.commit ?? null };
    } catch (error) {
      throw translated(error, ask);
    }
  }

  /** Events of one stream; an absent stream is empty. */
  async readStream(question: StreamQuestion, idleMs: number): Promise<readonly ServerEvent[]> {
    const { stream, from, direction, limit } = question;
    const edge = direction === 'forwards' ? START : END;
    const reading = this.client.readStream(stream, {
      ...leader,
      fromRevision: from === undefined ? edge : BigInt(from),
      direction: direction === 'forwards' ? FORWARDS : BACKWARDS,
      ...(limit === undefined ? {} : { maxCount: limit }),
    });
    try {
      return eventsOf(await collect<ResolvedEvent>(reading as Reading, idleMs));
    } catch (error) {
      if (error instanceof StreamNotFoundError) return [];
      throw error;
    }
  }

  /** The last events of the log, system events among them, the newest first. */
  async readLogBackwards(limit: number, idleMs: number): Promise<readonly ServerEvent[]> {
    const reading = this.client.readAll({ ...leader, fromPosition: END, direction: BACKWARDS, maxCount: limit });
    return eventsOf(await collect<AllStreamResolvedEvent>(reading as Reading, idleMs));
  }

  /** What comes behind a position in streams of these categories, or in all; never system events. */
  follow(after: Position, categories: readonly string[] | undefined): Feed {
    return new Feed((feed) => {
      const checkpoints = {
        checkpointReached: (reading: unknown, { commit }: { commit: Position }) =>
          feed.mark({ kind: 'checkpoint', position: commit }, (reading as Reading).readableLength),
      };
      const prefixes = categories?.map((category) => `${category}-`);
      const subscription = this.client.subscribeToAll({
        ...leader,
        fromPosition: after === 0n ? START : { commit: after, prepare: after },
        filter: prefixes ? streamNameFilter({ prefixes, ...checkpoints }) : excludeSystemEvents(checkpoints),
      });
      const reading = subscription as unknown as Reading;
      subscription.on('caughtUp', () => feed.mark({ kind: 'caught-up' }, reading.readableLength));
      subscription.on('data', (resolved) => {
        try {
          const [event] = eventsOf([resolved]);
          feed.event(event && !isSystemEvent(event) ? toRecorded(event) : null);
        } catch (error) {
          feed.end(error as Error);
        }
      });
      subscription.on('error', (error) => feed.end(error));
      subscription.on('end', () => feed.end(new Error('The event store ended a subscription.')));
      return {
        pause: () => reading.pause(),
        resume: () => reading.resume(),
        close: () => void subscription.unsubscribe().catch(() => undefined),
      };
    });
  }

  /** Ends every call. */
  async close(ms: number): Promise<void> {
    // A call that was given up may never say that it ended.
    await within(ms, this.client.dispose()).catch(() => undefined);
  }
}

const clientFor = (connectionString: string): EventStoreDBClient => {
  try {
    return EventStoreDBClient.connectionString(connectionString);
  } catch {
    throw new BadConnectionString('the client cannot read it, or a file it names is missing.');
  }
};

/**
 * Two habits of client 6.2.1 are changed. Appends go one call each instead of through one shared call for all: that
 * one has no deadline, fails every other append of the process with its own, and ends the process when it breaks while
 * it is congested. And a reconnection that fails is not an unhandled rejection: whoever asks next is told.
 */
const tamed = (client: EventStoreDBClient): EventStoreDBClient => {
  const { handleError } = client as unknown as { handleError: (...args: unknown[]) => Promise<void> };
  return Object.assign(client, {
    supports: () => Promise.resolve(false),
    handleError: (...args: unknown[]) => handleError(...args).catch(() => undefined),
  });
};

const expectedRevision = (expected: Expected): AppendExpectedRevision => {
  if (typeof expected === 'number') return BigInt(expected);
  return ({ 'no-stream': 'no_stream', 'stream-exists': 'stream_exists', any: 'any' } as const)[expected];
};

const eventsOf = (resolved: readonly (ResolvedEvent | AllStreamResolvedEvent)[]): readonly ServerEvent[] =>
  resolved.flatMap(({ event }) => (event ? [event] : []));

const translated = (error: unknown, { stream, expected, bytes }: PreparedAppend): unknown => {
  if (error instanceof MaxAppendSizeExceededError) return new AppendTooLarge(stream, bytes, error.maxAppendSize);
  if (!(error instanceof WrongExpectedVersionError)) return error;
  const { actualVersion } = error;
  return new WrongRevision(stream, expected, typeof actualVersion === 'bigint' ? Number(actualVersion) : 'no-stream');
};
