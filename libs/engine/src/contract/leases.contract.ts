import { setTimeout } from 'node:timers/promises';
import type { Lease, Leases } from '../ports/leases';

/** Leases of several processes over the same store. */
export interface LeasesUnderTest {
  /** Those of one more process. */
  process(): Promise<Leases>;
  /** How long a lease lasts that is not renewed, in milliseconds; null when other processes cannot be. */
  readonly lastsMs: number | null;
}

/** Asks, as whoever waits for a name does, until it is free. */
export const takeInTime = async (leases: Leases, name: string): Promise<Lease> => {
  for (let tries = 0; tries < 1_000; tries++) {
    const lease = await leases.take(name);
    if (lease) return lease;
    await setTimeout(10);
  }
  throw new Error(`${name} was never free.`);
};

let count = 0;

/** What every `Leases` must do. `make` is called once per test; names are never used twice. */
export const leasesContract = (name: string, make: () => Promise<LeasesUnderTest>): void => {
  describe(`${name}: leases contract`, () => {
    let under: LeasesUnderTest;
    let leases: Leases;
    let work: string;
    const open: Lease[] = [];
    const hold = async (holder: Leases, of = work): Promise<Lease | null> => {
      const lease = await holder.take(of);
      if (lease) open.push(lease);
      return lease;
    };
    beforeEach(async () => {
      under = await make();
      leases = await under.process();
      work = `spec.${process.pid}.${++count}`;
    });
    afterEach(async () => {
      for (const lease of open.splice(0)) await lease.release();
    });

    it('gives a free name at once', async () => {
      const lease = await hold(leases);
      expect(lease?.lost.aborted).toBe(false);
    });

    it('gives a name to one at a time', async () => {
      const asked = await Promise.all([1, 2, 3, 4].map(() => hold(leases)));
      expect(asked.filter((lease) => lease !== null)).toHaveLength(1);
      expect(await hold(leases)).toBeNull();
    });

    it('keeps names apart', async () => {
      expect(await hold(leases)).not.toBeNull();
      expect(await hold(leases, `${work}.other`)).not.toBeNull();
    });

    it('gives it again at once after it was released, under a greater fence', async () => {
      const fences: bigint[] = [];
      for (let n = 0; n < 3; n++) {
        const lease = await takeInTime(leases, work);
        fences.push(lease.fence);
        await lease.release();
        expect(lease.lost.aborted).toBe(true);
      }
      expect(new Set(fences).size).toBe(3);
      expect(fences).toEqual(fences.toSorted((a, b) => Number(a - b)));
    });

    it('takes nothing from the next holder when it is released again', async () => {
      const lease = await takeInTime(leases, work);
      await lease.release();
      const next = await hold(leases);
      await lease.release();
      expect(next?.lost.aborted).toBe(false);
      expect(await hold(leases)).toBeNull();
    });

    it('renews: it is held far beyond its length', async () => {
      if (under.lastsMs === null) return;
      const lease = await hold(leases);
      const other = await under.process();
      for (let n = 0; n < 6; n++) {
        await setTimeout(under.lastsMs / 2);
        expect(await hold(other)).toBeNull();
      }
      expect(lease?.lost.aborted).toBe(false);
    });

    it('is handed on between processes', async () => {
      if (under.lastsMs === null) return;
      const other = await under.process();
      const lease = await takeInTime(leases, work);
      expect(await hold(other)).toBeNull();
      await lease.release();
      const next = await hold(other);
      expect(next && next.fence > lease.fence).toBe(true);
      expect(await hold(leases)).toBeNull();
    });
  });
};
