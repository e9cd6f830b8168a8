import { leasesContract } from '@pim/engine/contract';
import { embeddedLeases } from './leases';

leasesContract('embedded', async () => {
  const leases = embeddedLeases();
  return { process: async () => leases, lastsMs: null };
});
