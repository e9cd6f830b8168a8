import { eventStoreContract } from '@pim/engine/contract';
import { openDouble, type Double } from '@pim/eventstore-double';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventStoreDb } from './event-store';

describe('over a double', () => {
  let folder: string;
  let double: Double;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pim-esdb-'));
    double = await openDouble(folder);
  });
  afterAll(async () => {
    await double.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  eventStoreContract('EventStoreDB', async () => {
    let store = eventStoreDb(double.url);
    return {
      store,
      reopen: async () => {
        await store.close();
        store = eventStoreDb(double.url);
        return store;
      },
      dispose: () => store.close(),
    };
  });
});
