import type { Instant } from '@pim/contracts';
import type { Clock } from '../../ports/runtime';

interface Waker {
  readonly at: Instant;
  readonly run: () => void;
}

/** A clock that specs move; it passes the clock contract. */
export const clockByHand = (start: Instant): Clock & { set(instant: Instant): void; advance(ms: number): void } => {
  const wakers = new Set<Waker>();
  let now = start;
  const ring = (): void => {
    const due = [...wakers].filter(({ at }) => at <= now).sort((a, b) => (a.at < b.at ? -1 : 1));
    for (const waker of due) if (wakers.delete(waker)) waker.run();
  };
  const set = (target: Instant): void => {
    for (;;) {
      const next = [...wakers].map(({ at }) => at).sort()[0];
      if (next === undefined || next > target) break;
      if (next > now) now = next;
      ring();
    }
    now = target;
  };
  return {
    now: () => now,
    set,
    advance: (ms) => set(new Date(Date.parse(now) + ms).toISOString()),
    wakeAt: (instant, run) => {
      const waker = { at: instant, run };
      wakers.add(waker);
      if (instant <= now) queueMicrotask(ring);
      return () => wakers.delete(waker);
    },
  };
};
