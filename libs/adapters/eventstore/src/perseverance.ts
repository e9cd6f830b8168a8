import { AppendTooLarge, reasonOf, StoreUnavailable, within as inTime, WrongRevision } from '@pim/engine';
import { setTimeout } from 'node:timers/promises';

/** How long a call may take, and how long it is tried again. Milliseconds. */
export interface Patience {
  /** One call, until the answer or its next part. */
  readonly callMs: number;
  /** All calls for one question together; then the answer is `StoreUnavailable`. */
  readonly giveUpMs: number;
}

const firstPauseMs = 20;
const longestPauseMs = 500;

/**
 * Asks until there is an answer or the patience is at its end. `WrongRevision` and `AppendTooLarge` are answers. Any
 * other error says nothing about what the server did, so `ask` must be the same question each time, and keep to the
 * deadline it is given.
 */
export const askUntilAnswered = async <T>(
  { callMs, giveUpMs }: Patience,
  ask: (deadlineMs: number) => Promise<T>,
): Promise<T> => {
  const end = performance.now() + giveUpMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    const deadlineMs = Math.max(1, Math.min(callMs, Math.ceil(end - performance.now())));
    try {
      return await ask(deadlineMs);
    } catch (error) {
      if (error instanceof WrongRevision || error instanceof AppendTooLarge) throw error;
      if (performance.now() + pauseMs >= end) throw unavailable(error, giveUpMs);
    }
    await setTimeout(pauseMs);
  }
};

/** The answer, or an error when it takes longer. What was asked may still happen. */
export const within = <T>(ms: number, answer: Promise<T>): Promise<T> =>
  inTime(ms, answer, () => new Error(`no answer within ${ms} ms`));

const unavailable = (cause: unknown, ms: number): StoreUnavailable =>
  new StoreUnavailable(
    `The event store gave no answer for ${ms / 1000} s (last: ${reasonOf(cause)}). Check that it runs and can be reached.`,
    { cause },
  );
