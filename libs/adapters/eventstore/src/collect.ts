import type { Readable } from 'node:stream';

/** A reading of the client. Destroying it is not enough: the call behind it would go on. */
export type Reading = Readable & { cancel(): Promise<void> };

/** Everything a reading gives, after which it ends. Rejects when the next item does not come within `idleMs`. */
export const collect = <T>(reading: Reading, idleMs: number): Promise<readonly T[]> =>
  new Promise((resolve, reject) => {
    const items: T[] = [];
    const giveUp = () => {
      reject(new Error(`no answer within ${idleMs} ms`));
      // Whatever becomes of the call now, nobody waits for it.
      reading.cancel().catch(() => undefined);
    };
    const timer = setTimeout(giveUp, idleMs);
    reading.on('data', (item: T) => {
      items.push(item);
      timer.refresh();
    });
    reading.on('end', () => {
      clearTimeout(timer);
      resolve(items);
    });
    reading.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
  });
