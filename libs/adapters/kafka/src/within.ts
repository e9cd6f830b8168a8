import { within as inTime } from '@pim/engine';

/** The promise's outcome, or an `Error` that says what took longer than so many milliseconds. */
export const within = <T>(ms: number, what: string, promise: Promise<T>): Promise<T> =>
  inTime(ms, promise, () => new Error(`${what} took longer than ${ms} ms`));
