import { createStop, type Lease, type Leases } from '@pim/engine';

/** Names of one process, for stores that no other process can use: a lease lasts until it is released. */
export const embeddedLeases = (): Leases => {
  const held = new Map<string, Lease>();
  let fence = 0n;
  return {
    take: async (name) => {
      if (held.has(name)) return null;
      const over = createStop();
      const lease: Lease = {
        fence: ++fence,
        lost: over.signal,
        release: async () => {
          over.abort();
          if (held.get(name) === lease) held.delete(name);
        },
      };
      held.set(name, lease);
      return lease;
    },
  };
};
