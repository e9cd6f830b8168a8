import { startProjector, type ProjectorOptions } from './projector';
import { ReadModelProgress } from './read-model-progress';

export interface NewReadModelsOptions extends ProjectorOptions {
  /** Told which are folded, before it begins. */
  readonly onStart: (collections: readonly string[]) => void;
}

/**
 * Folds the read models that this release adds, or folds otherwise than the one before, up to the end of the log and by
 * themselves: those that are there already need not be read again for them. Resolves when they hold everything that was in
 * the log at the time of the call. Does nothing where nothing outlives the process, or where nothing is there yet.
 */
export const foldNewReadModels = async ({ onStart, ...options }: NewReadModelsOptions): Promise<void> => {
  const { eventStore, documents, projections } = options;
  if (!documents.isLasting) return;
  const known = await Promise.all(
    projections.map(async (projection) => {
      const progress = new ReadModelProgress(documents, [projection.collection]);
      return { projection, progress, reached: await progress.load() };
    }),
  );
  const fresh = known.filter(({ reached }) => reached === 0n);
  if (fresh.length === 0 || fresh.length === known.length) return;
  onStart(fresh.map(({ projection }) => projection.collection));
  const head = await eventStore.head();
  const alone = await startProjector({ ...options, projections: fresh.map(({ projection }) => projection) });
  await alone.ready();
  await alone.stop();
  // Said of the lives that were there before: a collection that somebody removed meanwhile is folded again.
  await Promise.all(fresh.map(({ progress }) => progress.save(head)));
};
