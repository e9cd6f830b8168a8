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

/**
 * How far a relay has come. Saved after what it protects. `fence` is that of the lease under which the caller works; 0
 * where nobody else can.
 */
export interface Checkpoints {
  /** From here on, savings under smaller fences change nothing. Rejects when this one is the smaller one already. */
  load(name: string, fence?: bigint): Promise<bigint | null>;
  /** Changes nothing, and says nothing of it, when another fence loaded the checkpoint since. */
  save(name: string, position: bigint, fence?: bigint): Promise<void>;
}
