import { setTimeout } from 'node:timers/promises';
import { clockContract } from '@pim/engine/contract';
import { manualClock, randomIds, sequentialIds, systemClock } from './runtime';

const start = '2026-03-01T09:00:00.000Z';
const dayMs = 86_400_000;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

clockContract('system clock', () => ({ clock: systemClock(), pass: (ms) => setTimeout(ms + 5) }));

clockContract('manual clock', () => {
  const clock = manualClock(start);
  return {
    clock,
    pass: async (ms) => {
      clock.advance(ms);
      await Promise.resolve();
    },
  };
});

describe('system clock', () => {
  beforeEach(() => jest.useFakeTimers({ now: Date.parse(start) }));
  afterEach(() => jest.useRealTimers());

  it('notices within 500 ms that it was set forward past an instant', () => {
    const clock = systemClock();
    let woken = 0;
    clock.wakeAt('2026-06-01T00:00:00.000Z', () => (woken += 1));
    jest.advanceTimersByTime(10_000);
    expect(woken).toBe(0);
    jest.setSystemTime(Date.parse('2026-06-01T00:00:00.000Z'));
    jest.advanceTimersByTime(500);
    expect(woken).toBe(1);
  });

  it('does not wake early when it was set back', () => {
    const clock = systemClock();
    let woken = 0;
    clock.wakeAt('2026-03-01T09:00:01.000Z', () => (woken += 1));
    jest.setSystemTime(Date.parse(start) - 60_000);
    jest.advanceTimersByTime(60_000);
    expect(woken).toBe(0);
    jest.advanceTimersByTime(1_000);
    expect(woken).toBe(1);
  });

  it('wakes at the instant after more than 25 days', () => {
    const clock = systemClock();
    let woken = '';
    clock.wakeAt('2026-03-31T09:00:00.000Z', () => (woken = clock.now()));
    jest.setSystemTime(Date.parse(start) + 30 * dayMs - 700);
    jest.advanceTimersByTime(1_000);
    expect(woken).toBe('2026-03-31T09:00:00.000Z');
  });

  it('sets no timer while nobody waits', () => {
    const clock = systemClock();
    const cancel = clock.wakeAt('2026-03-01T09:00:01.000Z', () => undefined);
    cancel();
    jest.advanceTimersByTime(1_000);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('wakes the others when one of them throws', () => {
    const clock = systemClock();
    let woken = 0;
    clock.wakeAt('2026-03-01T09:00:00.100Z', () => {
      throw new Error('careless');
    });
    clock.wakeAt('2026-03-01T09:00:00.100Z', () => (woken += 1));
    expect(() => jest.advanceTimersByTime(200)).toThrow('careless');
    jest.advanceTimersByTime(500);
    expect(woken).toBe(1);
  });
});

describe('manual clock', () => {
  it('shows each waker its own instant on the way', () => {
    const clock = manualClock(start);
    const woken: string[] = [];
    for (const at of ['2026-03-01T09:00:02.000Z', '2026-03-01T09:00:01.000Z'])
      clock.wakeAt(at, () => woken.push(clock.now()));
    clock.set('2026-03-01T10:00:00.000Z');
    expect(woken).toEqual(['2026-03-01T09:00:01.000Z', '2026-03-01T09:00:02.000Z']);
    expect(clock.now()).toBe('2026-03-01T10:00:00.000Z');
  });

  it('can be set back, and then wakes nobody before the time comes again', () => {
    const clock = manualClock(start);
    let woken = 0;
    clock.wakeAt('2026-03-01T09:00:01.000Z', () => (woken += 1));
    clock.set('2026-03-01T08:00:00.000Z');
    clock.advance(3_600_000);
    expect(woken).toBe(0);
    clock.advance(1_000);
    expect(woken).toBe(1);
  });

  it('refuses what is not an instant', () => {
    expect(() => manualClock('tomorrow')).toThrow('"tomorrow" is not an instant');
  });
});

describe('ids', () => {
  it.each([
    ['random', randomIds()],
    ['sequential', sequentialIds()],
  ])('%s ids are UUIDs, each another one', (_, ids) => {
    const drawn = Array.from({ length: 100 }, () => ids.next());
    expect(new Set(drawn).size).toBe(100);
    for (const id of drawn) expect(id).toMatch(uuid);
  });

  it('are the same in every run when they are sequential', () => {
    expect(sequentialIds().next()).toBe('00000000-0000-4000-8000-000000000001');
  });
});
