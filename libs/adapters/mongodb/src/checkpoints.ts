import type { Checkpoints } from '@pim/engine';
import type { Mongo } from './mongo';

const collection = '_checkpoints';

/** `position` is null from the first load on, until something is saved. */
interface CheckpointRow {
  readonly _id: string;
  readonly fence: bigint;
  readonly position: bigint | null;
}

/** Checkpoints that belong to whoever loaded them last: loading writes the fence that saving asks for. */
export const mongoCheckpoints = (mongo: Mongo): Checkpoints => ({
  load: async (name, fence = 0n) => {
    const mine = { _id: name, fence: { $not: { $gt: fence } } };
    const row = await mongo.change<CheckpointRow>(collection, mine, { $set: { fence } }, true);
    if (!row) throw new Error(`${name} belongs to a later lease than ${fence}. Take the lease again before the work.`);
    return row.position ?? null;
  },
  save: async (name, position, fence = 0n) => {
    // Made where somebody removed it; one that is there under another fence stays as it is.
    await mongo.change<CheckpointRow>(collection, { _id: name, fence }, { $set: { position } }, true);
  },
});
