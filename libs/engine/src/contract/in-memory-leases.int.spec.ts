import { InMemoryLeases } from './in-memory-leases';
import { leasesContract } from './leases.contract';

leasesContract('in memory', async () => {
  const leases = new InMemoryLeases();
  return { process: async () => leases, lastsMs: null };
});
