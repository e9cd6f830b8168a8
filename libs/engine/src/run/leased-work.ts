import type { Lease, Leases } from '../ports/leases';
import { createStop, guarded, pause } from './persist';

/** What is done while a lease is held. */
export interface Work {
  /** Begins nothing any more from the call on; resolves when what was under way has ended. */
  stop(): Promise<void>;
}

export interface LeasedWorkOptions<W extends Work> {
  readonly leases: Leases;
  /** The lease's name, the same in every process that could do the work. */
  readonly name: string;
  /** Called with the fence of each lease that was obtained. */
  readonly start: (fence: bigint) => Promise<W>;
  /** Milliseconds between two tries to get the lease. Default 1000. */
  readonly retryMs?: number;
  /** Told of every failure; the lease is then asked for again. */
  readonly onError?: (error: unknown) => void;
}

/** Work that one process at a time does. */
export interface LeasedWork<W extends Work> {
  /** The work, while it is done here. */
  current(): W | null;
  /** Stops the work, then lets another process have it. */
  stop(): Promise<void>;
}

/**
 * Does the work whenever the lease is held here. Resolves after the first try to get it, and with the work started when it
 * was free; never rejects.
 */
export const startLeasedWork = async <W extends Work>(options: LeasedWorkOptions<W>): Promise<LeasedWork<W>> => {
  const loop = new LeasedLoop(options);
  const running = loop.run(await loop.begin());
  return {
    current: () => loop.work,
    stop: async () => {
      loop.stopping.abort();
      await running;
    },
  };
};

class LeasedLoop<W extends Work> {
  work: W | null = null;
  readonly stopping = createStop();
  private readonly onError: (error: unknown) => void;

  constructor(private readonly options: LeasedWorkOptions<W>) {
    this.onError = guarded(options.onError);
  }

  /** The lease with the work started, or null when it was not to be had. */
  async begin(): Promise<Lease | null> {
    const { leases, name, start } = this.options;
    let lease: Lease | null = null;
    try {
      lease = await leases.take(name);
      if (lease) this.work = await start(lease.fence);
      return lease;
    } catch (error) {
      this.onError(error);
      await lease?.release().catch(this.onError);
      return null;
    }
  }

  async run(first: Lease | null): Promise<void> {
    const { signal } = this.stopping;
    for (let lease = first; ; lease = await this.begin()) {
      if (lease) await this.hold(lease);
      await pause(this.options.retryMs ?? 1_000, signal);
      if (signal.aborted) return;
    }
  }

  private async hold(lease: Lease): Promise<void> {
    await aborted(AbortSignal.any([lease.lost, this.stopping.signal]));
    const { work } = this;
    this.work = null;
    // Whoever comes next must find the last checkpoint: the lease goes after the work.
    await work?.stop().catch(this.onError);
    await lease.release().catch(this.onError);
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
