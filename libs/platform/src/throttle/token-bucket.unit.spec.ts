import fc from 'fast-check';
import { take, type Bucket } from './token-bucket';

const limit = { burst: 5, perSecond: 0.5 };

const takeAll = (times: readonly number[]): number => {
  let bucket: Bucket | null = null;
  let taken = 0;
  for (const now of times) {
    const next = take(bucket, limit, now);
    bucket = next.bucket;
    if (next.wait === 0) taken += 1;
  }
  return taken;
};

describe('a token bucket', () => {
  it('gives its burst at once, then says how long to wait', () => {
    let bucket: Bucket | null = null;
    for (let n = 0; n < 5; n++) {
      const taken = take(bucket, limit, 1_000);
      expect(taken.wait).toBe(0);
      bucket = taken.bucket;
    }
    expect(take(bucket, limit, 1_000).wait).toBe(2);
    expect(take(bucket, limit, 2_000).wait).toBe(1);
    expect(take(bucket, limit, 3_000).wait).toBe(0);
  });

  it('never gives more than its burst and what time added', () =>
    fc.assert(
      fc.property(fc.array(fc.nat(60_000), { maxLength: 100 }), (times) => {
        const sorted = [...times].sort((a, b) => a - b);
        const elapsed = ((sorted.at(-1) ?? 0) - (sorted[0] ?? 0)) / 1_000;
        expect(takeAll(sorted)).toBeLessThanOrEqual(5 + elapsed * 0.5);
      }),
    ));

  it('gives again after the wait it told', () =>
    fc.assert(
      fc.property(fc.array(fc.nat(20_000), { maxLength: 30 }), (gaps) => {
        let bucket: Bucket | null = null;
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          const { wait, bucket: left } = take(bucket, limit, now);
          bucket = left;
          if (wait > 0) expect(take(left, limit, now + wait * 1_000).wait).toBe(0);
        }
      }),
    ));

  it('gives nothing for a clock that goes back, and goes on from there', () => {
    const empty = { tokens: 0, at: 1_000_000 };
    const { bucket, wait } = take(empty, limit, 0);
    expect(wait).toBe(2);
    expect(take(bucket, limit, 2_000).wait).toBe(0);
  });
});
