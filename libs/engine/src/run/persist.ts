import { setMaxListeners } from 'node:events';
import { setTimeout } from 'node:timers/promises';

const firstPauseMs = 10;
const longestPauseMs = 5_000;

/** Ends a loop, and is told of what goes wrong in it. */
export interface Perseverance {
  readonly signal: AbortSignal;
  readonly onError: (error: unknown) => void;
}

/** What stops a loop, for any number of waits at once. */
export const createStop = (): AbortController => {
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  return stop;
};

/** The pause after so many failures in a row, in milliseconds: twice as long each time, at most 5 s. */
export const pauseAfter = (failures: number): number =>
  Math.min(firstPauseMs * 2 ** Math.min(failures - 1, 16), longestPauseMs);

/** Waits; ends early and silently when the loop is stopped. */
export const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
  await setTimeout(ms, undefined, { signal }).catch(() => undefined);
};

/**
 * Does a step until it succeeds, with a growing pause between the tries. Never throws; false when the loop was stopped
 * before it succeeded.
 */
export const persist = async (step: () => Promise<void>, { signal, onError }: Perseverance): Promise<boolean> => {
  for (let failures = 0; !signal.aborted;) {
    try {
      await step();
      return true;
    } catch (error) {
      failures += 1;
      onError(error);
      await pause(pauseAfter(failures), signal);
    }
  }
  return false;
};

/** Whoever listens to failures must not be able to end the loop by failing, too. */
export const guarded =
  <Told extends readonly unknown[]>(listener: ((...told: Told) => void) | undefined) =>
  (...told: Told): void => {
    try {
      listener?.(...told);
    } catch {
      // There is nobody left to tell.
    }
  };
