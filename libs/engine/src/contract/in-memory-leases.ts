import type { Lease, Leases } from '../ports/leases';
import { createStop } from '../run/persist';

/** Leases of processes that specs freeze: they last until they are released, or until a spec says that they ran out. */
export class InMemoryLeases implements Leases {
  private readonly held = new Map<string, { readonly lease: Lease; readonly over: AbortController }>();
  private fence = 0n;

  async take(name: string): Promise<Lease | null> {
    if (this.held.has(name)) return null;
    const over = createStop();
    const lease: Lease = {
      fence: ++this.fence,
      lost: over.signal,
      release: async () => {
        over.abort();
        if (this.held.get(name)?.lease === lease) this.held.delete(name);
      },
    };
    this.held.set(name, { lease, over });
    return lease;
  }

  /** Lets somebody else take the name from a holder that stands still. Returns what tells the holder, as when it wakes. */
  runOut(name: string): () => void {
    const { over } = this.held.get(name) ?? {};
    this.held.delete(name);
    return () => over?.abort();
  }
}
