import { randomUUID } from 'node:crypto';
import type { Instant } from '@pim/contracts';
import type { Clock, Ids } from '@pim/engine';

/** The clock is looked at least this often while somebody waits, in milliseconds, so that setting it is noticed. */
const longestNapMs = 500;

interface Waker {
  readonly at: number;
  run(): void;
}

/** Those who wait for a time to come. */
class Wakers {
  private readonly waiting = new Set<Waker>();

  add(instant: Instant, run: () => void): Waker {
    const waker = { at: millisOf(instant), run };
    this.waiting.add(waker);
    return waker;
  }

  remove(waker: Waker): void {
    this.waiting.delete(waker);
  }

  /** When the earliest one wakes; null when nobody waits. */
  next(): number | null {
    let next: number | null = null;
    for (const { at } of this.waiting) if (next === null || at < next) next = at;
    return next;
  }

  /** Wakes, in order of time, those whose time has come. */
  wake(now: number): void {
    const due = [...this.waiting].filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
    // One of them may cancel another.
    for (const waker of due) if (this.waiting.delete(waker)) waker.run();
  }
}

/**
 * The machine's clock. A waker runs within 500 ms of the clock being set past its instant; waiting keeps no process
 * alive, and costs nothing while nobody waits.
 */
export const systemClock = (): Clock => {
  const wakers = new Wakers();
  let nap: { readonly timer: NodeJS.Timeout; readonly until: number } | null = null;

  const sleep = (): void => {
    const next = wakers.next();
    if (next === null) return;
    const now = Date.now();
    const ms = Math.min(Math.max(next - now, 0), longestNapMs);
    if (nap && nap.until <= now + ms) return;
    if (nap) clearTimeout(nap.timer);
    nap = { until: now + ms, timer: setTimeout(wake, ms).unref() };
  };

  const wake = (): void => {
    nap = null;
    try {
      wakers.wake(Date.now());
    } finally {
      sleep();
    }
  };

  return {
    now: () => new Date().toISOString(),
    wakeAt: (instant, run) => {
      const waker = wakers.add(instant, run);
      sleep();
      return () => wakers.remove(waker);
    },
  };
};

/** A clock that tests move. */
export interface ManualClock extends Clock {
  /** Moves it to an instant, also back, and wakes in order of time whoever is due on the way, at their own instants. */
  set(instant: Instant): void;
  /** Moves it forward by milliseconds. */
  advance(ms: number): void;
}

/** A clock that stands still until it is moved. */
export const manualClock = (start: Instant): ManualClock => {
  const wakers = new Wakers();
  let now = millisOf(start);

  const moveTo = (target: number): void => {
    for (let next = wakers.next(); next !== null && next <= target; next = wakers.next()) {
      now = Math.max(now, next);
      wakers.wake(now);
    }
    now = target;
  };

  return {
    now: () => new Date(now).toISOString(),
    set: (instant) => moveTo(millisOf(instant)),
    advance: (ms) => moveTo(now + ms),
    wakeAt: (instant, run) => {
      const waker = wakers.add(instant, run);
      // Due already: it need not be moved, but whoever asks is answered first.
      if (waker.at <= now) queueMicrotask(() => wakers.wake(now));
      return () => wakers.remove(waker);
    },
  };
};

/** Fresh random UUIDs. */
export const randomIds = (): Ids => ({ next: () => randomUUID() });

/** UUIDs that count from 1, for tests that must know them. */
export const sequentialIds = (): Ids => {
  let count = 0;
  return { next: () => `00000000-0000-4000-8000-${(++count).toString(16).padStart(12, '0')}` };
};

const millisOf = (instant: Instant): number => {
  const millis = Date.parse(instant);
  if (Number.isNaN(millis))
    throw new RangeError(`"${instant}" is not an instant. Write it as 2026-01-31T12:00:00.000Z.`);
  return millis;
};
