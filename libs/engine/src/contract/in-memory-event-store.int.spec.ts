import { eventStoreContract } from './event-store.contract';
import { inMemoryEventStore } from './in-memory-event-store';
import { InMemoryLog } from './in-memory-log';

eventStoreContract('in memory', async () => {
  const log = new InMemoryLog();
  const store = inMemoryEventStore(log);
  return { store, reopen: async () => inMemoryEventStore(log), dispose: () => store.close() };
});
