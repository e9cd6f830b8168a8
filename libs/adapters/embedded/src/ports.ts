import type { Bus, Checkpoints, Parked } from '@pim/engine';
import { embeddedBus } from './bus';
import { embeddedDocuments } from './documents';
import { openEmbeddedEventStore } from './event-store';
import { embeddedLeases } from './leases';
import { randomIds, systemClock } from './runtime';

/**
 * Every port of one process, with no server behind any of them; `onParked` is told of every event that is set aside.
 * Throws when the data folder is locked or unusable.
 */
export const embeddedPorts = async (
  folder: string,
  clock = systemClock(),
  onParked: (parked: Parked) => void = () => undefined,
) => {
  const store = await openEmbeddedEventStore(folder, clock);
  const bus = embeddedBus({ onParked, now: () => clock.now() });
  return {
    eventStore: store,
    checkpoints: notBeyondParked(store, bus),
    bus,
    stateTopics: null,
    leases: embeddedLeases(),
    documents: embeddedDocuments(),
    clock,
    ids: randomIds(),
    isOnlyWriter: true,
    consumersDown: (): readonly string[] => [],
    close: () => store.close(),
  };
};

/**
 * The bus remembers what it set aside only while the process lives, so no checkpoint moves past it: the release that
 * can handle it comes with a restart, and must be given it again. What came after it is then repeated, and silent.
 */
export const notBeyondParked = (checkpoints: Checkpoints, bus: Pick<Bus, 'parked'>): Checkpoints => ({
  load: (name, fence) => checkpoints.load(name, fence),
  save: async (name, position, fence) => {
    const parked = (await bus.parked()).map(({ event }) => event.position);
    await checkpoints.save(
      name,
      parked.reduce((safe, one) => (one <= safe ? one - 1n : safe), position),
      fence,
    );
  },
});
