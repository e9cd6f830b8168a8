import { eventStoreContract, type StoreUnderTest } from '@pim/engine/contract';
import { openDouble, type Double } from '@pim/eventstore-double';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventStoreDb } from './event-store';

/** A client of its own for each test; what it wrote stays in the log. */
const connectedTo = async (url: string): Promise<StoreUnderTest> => {
  let store = eventStoreDb(url);
  return {
    store,
    reopen: async () => {
      await store.close();
      store = eventStoreDb(url);
      return store;
    },
    dispose: () => store.close(),
  };
};

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

  eventStoreContract('EventStoreDB', () => connectedTo(double.url));
});

const realServer = process.env['EVENT_STORE_URL'];
if (realServer) eventStoreContract('EventStoreDB, a real server', () => connectedTo(realServer));
else console.warn('NOT RUN: EventStoreDB, a real server. Name one by EVENT_STORE_URL; only the double was tried.');
