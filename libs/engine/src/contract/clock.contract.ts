import type { Instant } from '@pim/contracts';
import type { Clock } from '../ports/runtime';

/** A clock for one test, and how its time goes by. */
export interface ClockUnderTest {
  readonly clock: Clock;
  /** Lets at least this many milliseconds go by, and whatever wakes meanwhile run. */
  pass(ms: number): Promise<void>;
}

const instantShape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const dayMs = 86_400_000;

/** What every `Clock` must do. `make` is called once per test. */
export const clockContract = (name: string, make: () => ClockUnderTest): void => {
  describe(`${name}: clock contract`, () => {
    const later = (clock: Clock, ms: number): Instant => new Date(Date.parse(clock.now()) + ms).toISOString();

    it('tells the time in UTC with milliseconds, so that instants compare as text', () => {
      expect(make().clock.now()).toMatch(instantShape);
    });

    it('goes forward by what goes by', async () => {
      const { clock, pass } = make();
      const until = later(clock, 20);
      await pass(20);
      expect(clock.now() >= until).toBe(true);
    });

    it('wakes once, and never before the instant', async () => {
      const { clock, pass } = make();
      const at = later(clock, 20);
      const woken: Instant[] = [];
      clock.wakeAt(at, () => woken.push(clock.now()));
      expect(woken).toEqual([]);
      await pass(200);
      await pass(20);
      expect(woken).toHaveLength(1);
      expect((woken[0] ?? '') >= at).toBe(true);
    });

    it('wakes in the order of the instants, whatever the order of asking', async () => {
      const { clock, pass } = make();
      const woken: number[] = [];
      for (const ms of [30, 10, 20, 15]) clock.wakeAt(later(clock, ms), () => woken.push(ms));
      await pass(200);
      expect(woken).toEqual([10, 15, 20, 30]);
    });

    it.each([0, -5, -400 * dayMs])('wakes soon for an instant %d ms ahead, but not before it was asked', async (ms) => {
      const { clock, pass } = make();
      let woken = 0;
      clock.wakeAt(later(clock, ms), () => (woken += 1));
      expect(woken).toBe(0);
      await pass(50);
      expect(woken).toBe(1);
    });

    // A bare Node timer fires at once beyond 2^31 - 1 ms, which is 24.8 days.
    it.each([25, 60, 3_650])('does not wake early for an instant %d days ahead', async (days) => {
      const { clock, pass } = make();
      let woken = 0;
      const cancel = clock.wakeAt(later(clock, days * dayMs), () => (woken += 1));
      await pass(50);
      expect(woken).toBe(0);
      cancel();
    });

    it('does not wake what was cancelled, and lets it be cancelled again', async () => {
      const { clock, pass } = make();
      const woken: string[] = [];
      const cancel = clock.wakeAt(later(clock, 10), () => woken.push('cancelled'));
      clock.wakeAt(later(clock, 10), () => woken.push('kept'));
      cancel();
      cancel();
      await pass(200);
      expect(woken).toEqual(['kept']);
    });

    it('lets one waker cancel another that is due, too', async () => {
      const { clock, pass } = make();
      const woken: string[] = [];
      let cancel: () => void = () => undefined;
      clock.wakeAt(later(clock, 10), () => {
        woken.push('first');
        cancel();
      });
      cancel = clock.wakeAt(later(clock, 11), () => woken.push('second'));
      await pass(200);
      expect(woken).toEqual(['first']);
    });

    it('lets a waker ask for the next one', async () => {
      const { clock, pass } = make();
      let woken = 0;
      const again = (): void => {
        woken += 1;
        if (woken < 3) clock.wakeAt(later(clock, 5), again);
      };
      clock.wakeAt(later(clock, 5), again);
      await pass(300);
      expect(woken).toBe(3);
    });
  });
};
