import type { Instant } from '@pim/contracts';
import type { RecordedEvent } from './event-store';

/** A consumer's name and what it wants. Members of one group share the work; each group sees every event. */
export interface ConsumerOptions {
  /** `pim.<context>.<reaction or projection>` */
  readonly group: string;
  readonly categories: readonly string[];
}

/** An event nobody could handle after several tries, set aside so that the others go on. */
export interface Parked {
  readonly group: string;
  readonly event: RecordedEvent;
  /** Why the last try failed. */
  readonly reason: string;
  /** When it was set aside, by the clock of the process that did; a replay that fails leaves it as it is. */
  readonly since: Instant;
  /** How often its handler failed with it, replays included. 0: it could not be read, so that no handler saw it. */
  readonly tries: number;
}

/** Carries events between contexts: at least once, in order per stream. */
export interface Bus {
  /** Resolves when the event is safe with the bus: in process, when every group has handled or parked it. */
  publish(event: RecordedEvent): Promise<void>;
  /**
   * Handles events of one stream in order; of different streams in any order. A handler that throws is tried again,
   * then the event is parked with the reason; a handler can never end the consumer. `StoreUnavailable` and
   * `WrongRevision` say nothing about the event: they are waited out, and park nothing.
   */
  consume(options: ConsumerOptions, handle: (event: RecordedEvent) => Promise<void>): Promise<void>;
  /** What was set aside and not yet replayed. */
  parked(): Promise<readonly Parked[]>;
  /**
   * Hands every parked event of a group, or the one with this id, to its handler again; those that fail stay parked.
   * Returns how many went through: none, where no consumer of the group is in this process.
   */
  replay(group: string, eventId?: string): Promise<number>;
  close(): Promise<void>;
}
