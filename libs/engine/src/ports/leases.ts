/** One time that a process holds a name. */
export interface Lease {
  /** Greater than that of every earlier lease of the name. */
  readonly fence: bigint;
  /**
   * Aborted when the name may soon belong to somebody else, and before it does by this process's own clock: whatever the
   * lease allows must stop then. A process that stands still hears of it late; its smaller fence is then what protects.
   */
  readonly lost: AbortSignal;
  /** Gives the name up: another can take it at once. Aborts `lost`. Safe to call again; rejects when nobody could be told. */
  release(): Promise<void>;
}

/**
 * Who of the processes that share a store does what one of them has to do. A lease is renewed until it is released. The
 * name of a process that died, or that nobody hears of, can be taken by another when the lease ran out, seconds later.
 */
export interface Leases {
  /**
   * One try: null while somebody else holds the name. How long a holder has been silent is found out by trying, so
   * whoever wants a name asks again and again. Rejects when there is no answer; nothing is held then.
   */
  take(name: string): Promise<Lease | null>;
}
