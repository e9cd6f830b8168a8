import { setTimeout } from 'node:timers/promises';

/** How long to ask in all, in milliseconds: no test is about how fast a machine is that does other things as well. */
const patienceMs = 90_000;

/** Asks until it is so: what one service did reaches the others a moment later. What asking throws is no answer yet. */
export const until = async <T>(ask: () => Promise<T>, isSo: (answer: T) => boolean): Promise<T> => {
  let last: unknown;
  for (const end = Date.now() + patienceMs; Date.now() < end; await setTimeout(100))
    try {
      const answer = await ask();
      if (isSo(answer)) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
  throw new Error(`not so after ${patienceMs / 1_000} s: ${JSON.stringify(last)}`, { cause: last });
};
