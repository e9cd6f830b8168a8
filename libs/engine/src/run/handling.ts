import { DocumentsUnavailable } from '../ports/documents';
import { StoreUnavailable, WrongRevision, type RecordedEvent } from '../ports/event-store';
import { pause } from './persist';
import { reasonOf } from './reason-of';

/** What a consumer does with an event. */
export type Handle = (event: RecordedEvent) => Promise<void>;

/** How often, and with which pauses, an event is tried again. */
export interface Attempts {
  /** How often a failed event is tried again before it is given up. */
  readonly retries: number;
  /** The pause before the try with this number, 1 for the first repetition, in milliseconds. */
  readonly pauseMs: (attempt: number) => number;
  /** Ends the tries: nothing is handled or given up afterwards. */
  readonly signal: AbortSignal;
}

/** Why one try failed. */
export interface Failure {
  readonly reason: string;
  /** Not the event's fault: the store or the read models were away, or somebody else wrote first. */
  readonly passing: boolean;
}

/** Why the last try failed, and how many failed. */
export interface GivenUp {
  readonly reason: string;
  readonly tries: number;
}

/**
 * Has an event handled, trying again as often as is allowed: null when it was handled, else why it is given up. What says
 * nothing about the event is waited out for as long as it takes. Throws the signal's reason, and nothing else, when the
 * tries are ended from outside.
 */
export const handleOrGiveUp = async (
  handle: Handle,
  event: RecordedEvent,
  attempts: Attempts,
): Promise<GivenUp | null> => {
  const { retries, pauseMs, signal } = attempts;
  for (let attempt = 1, counted = 0; ; attempt += 1) {
    signal.throwIfAborted();
    const failure = await failureOf(handle, event);
    if (failure === null) return null;
    signal.throwIfAborted();
    if (!failure.passing && ++counted > retries) return { reason: failure.reason, tries: attempt };
    await pause(pauseMs(attempt), signal);
  }
};

const passingErrors = [StoreUnavailable, DocumentsUnavailable, WrongRevision];

/** One try: null when the event was handled, otherwise why not. Never throws. */
export const failureOf = async (handle: Handle, event: RecordedEvent): Promise<Failure | null> => {
  try {
    await handle(event);
    return null;
  } catch (error) {
    return { reason: reasonOf(error), passing: passingErrors.some((passing) => error instanceof passing) };
  }
};
