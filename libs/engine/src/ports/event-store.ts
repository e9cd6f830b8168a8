import type { Actor, Authentication, Instant } from '@pim/contracts';

/** Position of an event in its stream: 0, 1, 2 … without gaps. */
export type Revision = number;

/** Position of an event in the whole log: strictly increasing, not consecutive. Checkpoints store it as decimal text. */
export type Position = bigint;

/** What the writer believes about the stream (infrastructure §3.5). */
export type Expected = Revision | 'no-stream' | 'stream-exists' | 'any';

/** Who caused an event, how they had signed in, and what it belongs to. */
export interface EventMetadata {
  readonly actor: Actor;
  /** null for what OpenPIM does by itself. */
  readonly authentication: Authentication | null;
  /** Shared by everything that one request from outside set in motion. */
  readonly correlationId: string;
  /** The command that caused this event. */
  readonly causationId: string;
  /** W3C trace context of what recorded it; absent where nothing is traced. Says nothing about the event itself. */
  readonly traceparent?: string;
}

/** An event on its way into the store. */
export interface NewEvent {
  /** UUID, derived from the command that caused it. */
  readonly id: string;
  readonly type: string;
  /** Schema version of `data`. */
  readonly version: number;
  readonly data: object;
  readonly metadata: EventMetadata;
}

/** An event as the store holds it. */
export interface RecordedEvent extends NewEvent {
  readonly stream: string;
  readonly revision: Revision;
  readonly position: Position;
  /** When the store took it; `data.at` says when it took effect. */
  readonly recordedAt: Instant;
}

/** Where an append ended: the revision and position of its last event. */
export interface Appended {
  readonly revision: Revision;
  readonly position: Position;
}

/** Someone else wrote first. Re-read, re-decide, try again. */
export class WrongRevision extends Error {
  constructor(
    readonly stream: string,
    readonly expected: Expected,
    readonly actual: Revision | 'no-stream',
  ) {
    super(`${stream}: expected ${expected}, found ${actual}`);
    this.name = 'WrongRevision';
  }
}

/** The store cannot take or give events now; whether a pending append happened is unknown. Deny, and say "unavailable". */
export class StoreUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreUnavailable';
  }
}

/** One append holds more bytes than a store takes at once. Nothing was recorded; it never will be, however often it is tried. */
export class AppendTooLarge extends RangeError {
  constructor(
    readonly stream: string,
    readonly bytes: number,
    readonly limit: number,
  ) {
    super(`${stream}: an append may hold ${limit} bytes, this one has ${bytes}. Split it.`);
    this.name = 'AppendTooLarge';
  }
}

export interface ReadOptions {
  /** Inclusive. Default: the first event forwards, the last one backwards. */
  readonly from?: Revision;
  readonly direction?: 'forwards' | 'backwards';
  readonly limit?: number;
}

export interface ReadAllOptions {
  /** Exclusive: events after it. */
  readonly after: Position | 'start';
  readonly limit: number;
  /** Only streams of these categories; absent: all. */
  readonly categories?: readonly string[];
}

export interface SubscribeOptions {
  /** Exclusive: events after it. */
  readonly after: Position | 'start';
  /** Only streams of these categories; absent: all. */
  readonly categories?: readonly string[];
  /**
   * Told of every failure of the handler or of the store. The subscription then tries the same event again, with a
   * growing pause of at most 5 s; it never skips one and never ends by itself.
   */
  readonly onError?: (error: unknown, event: RecordedEvent | null) => void;
}

export interface Subscription {
  /** Resolves when the handler is idle and nothing more will be delivered. */
  stop(): Promise<void>;
}

/** The system of record. */
export interface EventStore {
  /**
   * All or nothing; durable when it resolves. A retry with the same event ids and the same numeric or `no-stream`
   * expectation gives the original answer and records nothing. Throws `WrongRevision`, `StoreUnavailable`, or
   * `AppendTooLarge` over 1 MiB.
   * An empty list checks the expectation and records nothing.
   */
  append(stream: string, events: readonly NewEvent[], expected: Expected): Promise<Appended>;
  /** An absent stream reads as empty. */
  read(stream: string, options?: ReadOptions): Promise<readonly RecordedEvent[]>;
  /** Events in the order of the log. */
  readAll(options: ReadAllOptions): Promise<readonly RecordedEvent[]>;
  /** Position of the last event of the log, 0 when it is empty. */
  head(): Promise<Position>;
  /** Every event after a position in the order of the log, one at a time, then live, for ever. */
  subscribe(options: SubscribeOptions, handle: (event: RecordedEvent) => Promise<void>): Promise<Subscription>;
  /** Ends subscriptions, waits for appends under way, releases the data folder. */
  close(): Promise<void>;
}

/** `request-42` is in category `request`. */
export const categoryOf = (stream: string): string => stream.slice(0, stream.indexOf('-'));
