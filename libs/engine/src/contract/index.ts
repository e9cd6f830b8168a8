export { eventStoreContract, type StoreUnderTest } from './event-store.contract';
export { clockContract, type ClockUnderTest } from './clock.contract';
export { inMemoryEventStore } from './in-memory-event-store';
export { InMemoryLeases } from './in-memory-leases';
export { InMemoryLog } from './in-memory-log';
export { documentsContract } from './documents.contract';
export { busContract } from './bus.contract';
export { leasesContract, takeInTime, type LeasesUnderTest } from './leases.contract';
