import { startProjector, type Projection, type ProjectorOptions } from '@pim/engine';
import { calls } from '../calls/calls.projection';
import type { Context } from '../context';
import type { Tenant } from '../ports';

/** Every read model of a process of these contexts. They may share one (names for ids): it is kept once. */
export const projectionsOf = (contexts: readonly Context[], tenant: Tenant): readonly Projection[] => [
  ...new Map(contexts.flatMap((context) => context.projections(tenant)).map((p) => [p.collection, p])).values(),
  calls,
];

/** Folds the whole log into documents; resolves when they hold all that is in it now. */
export const foldReadModels = async (options: Omit<ProjectorOptions, 'onError'>): Promise<void> => {
  const projector = await startProjector(options);
  await projector.ready();
  await projector.stop();
};
