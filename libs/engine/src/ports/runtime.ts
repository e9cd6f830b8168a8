import type { Instant } from '@pim/contracts';

/** The only source of time. Tests move it by hand. */
export interface Clock {
  now(): Instant;
  /**
   * Calls `run` once, when `now()` has reached `instant`: never before, any distance ahead (a bare Node timer fires
   * at once beyond 24.8 days), and also after the clock was set. Returns what cancels it.
   */
  wakeAt(instant: Instant, run: () => void): () => void;
}

/** The only source of fresh ids: UUIDs. */
export interface Ids {
  next(): string;
}

/** How far a relay has come. Saved after what it protects. */
export interface Checkpoints {
  load(name: string): Promise<bigint | null>;
  save(name: string, position: bigint): Promise<void>;
}
