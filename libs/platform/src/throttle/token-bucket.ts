/** How much at once, and how much in the long run. */
export interface Limit {
  readonly burst: number;
  readonly perSecond: number;
}

/** What was left, and when that was; the instant in milliseconds. */
export interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

/** The bucket afterwards, and how many seconds to wait before there is another token; 0: one was taken. */
export interface Taken {
  readonly bucket: Bucket;
  readonly wait: number;
}

/** Takes a token; no bucket is a full one. A clock that goes back adds nothing and takes nothing away. */
export const take = (bucket: Bucket | null, { burst, perSecond }: Limit, now: number): Taken => {
  const elapsed = bucket ? Math.max(0, now - bucket.at) / 1_000 : 0;
  const tokens = bucket ? Math.min(burst, bucket.tokens + elapsed * perSecond) : burst;
  if (tokens >= 1) return { bucket: { tokens: tokens - 1, at: now }, wait: 0 };
  return { bucket: { tokens, at: now }, wait: Math.max(1, Math.ceil((1 - tokens) / perSecond)) };
};
