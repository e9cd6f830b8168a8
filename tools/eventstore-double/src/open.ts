import { openEmbeddedEventStore, systemClock } from '@pim/adapters/embedded';
import { startDouble, type Double } from './server';

/**
 * A double over the log in a folder, which is created when missing and belongs to this process until `stop()`. Throws
 * what the embedded store throws, and when the port is taken. Port 0 takes a free one.
 */
export const openDouble = async (folder: string, port = 0): Promise<Double> => {
  const store = await openEmbeddedEventStore(folder, systemClock());
  try {
    const double = await startDouble(store, port);
    return {
      ...double,
      stop: async () => {
        await double.stop();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
};
