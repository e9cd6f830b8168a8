import { embeddedBus } from './bus';
import { embeddedDocuments } from './documents';
import { openEmbeddedEventStore } from './event-store';
import { randomIds, systemClock } from './runtime';

/** Every port of one process, with no server behind any of them. Throws when the data folder is locked or unusable. */
export const embeddedPorts = async (folder: string, clock = systemClock()) => {
  const store = await openEmbeddedEventStore(folder, clock);
  return {
    eventStore: store,
    checkpoints: store,
    bus: embeddedBus({}),
    documents: embeddedDocuments(),
    clock,
    ids: randomIds(),
  };
};
