import { setTimeout } from 'node:timers/promises';
import { leasesContract, takeInTime } from '@pim/engine/contract';
import { openMongo, type OpenMongo } from './open-mongo';
import { databaseName, describeWithServer, startServer, type SpecServer } from './spec';

const lastsMs = 500;

describeWithServer('leases in MongoDB', (isStandIn) => {
  let server: SpecServer;
  const database = databaseName();
  const open: OpenMongo[] = [];
  const join = async (deadlineMs = 5_000): Promise<OpenMongo> => {
    const mongo = await openMongo({ url: server.url, database, leaseMs: lastsMs, deadlineMs });
    open.push(mongo);
    return mongo;
  };
  beforeAll(async () => {
    server = await startServer();
  }, 120_000);
  afterAll(async () => {
    await (await join()).dropDatabase();
    for (const mongo of open) await mongo.close();
    await server.stop();
  });

  leasesContract('MongoDB', async () => ({ lastsMs, process: async () => (await join()).leases }));

  it('pass on when their process is gone, after it knows', async () => {
    const [gone, other] = [await join(), await join()];
    const lease = await takeInTime(gone.leases, 'gone.work');
    await gone.close();
    const next = await takeInTime(other.leases, 'gone.work');
    expect(lease.lost.aborted).toBe(true);
    expect(next.fence > lease.fence).toBe(true);
    await next.release();
  });

  it('are lost where the database is, and the next ones are left alone', async () => {
    const [holder, other] = [await join(), await join()];
    const lease = await takeInTime(holder.leases, 'dropped.work');
    await other.dropDatabase();
    const next = await takeInTime(other.leases, 'dropped.work');
    expect(next.fence > lease.fence).toBe(true);
    while (!lease.lost.aborted) await setTimeout(10);
    await lease.release();
    expect(await holder.leases.take('dropped.work')).toBeNull();
    expect(next.lost.aborted).toBe(false);
    await next.release();
  });

  const ifStandIn = isStandIn ? it : it.skip;
  ifStandIn('are given up while the server stands still, and taken again after', async () => {
    const { leases } = await join(300);
    const lease = await takeInTime(leases, 'frozen.work');
    process.kill(server.pid ?? 0, 'SIGSTOP');
    try {
      while (!lease.lost.aborted) await setTimeout(10);
      await expect(leases.take('frozen.work')).rejects.toThrow('MongoDB');
    } finally {
      process.kill(server.pid ?? 0, 'SIGCONT');
    }
    const next = await takeInTime(leases, 'frozen.work');
    expect(next.fence > lease.fence).toBe(true);
    await next.release();
  });
});
