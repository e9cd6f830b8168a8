import { Generations, startProjector, type Documents, type Projection, type ProjectorOptions } from '@pim/engine';
import { calls } from '../calls/calls.projection';
import type { Context } from '../context';
import type { Tenant } from '../ports';

/** Whose read models a process keeps. */
export interface Kept {
  readonly contexts: readonly Context[];
  /** Of other services, which it reads as well. */
  readonly reads?: readonly Context[];
  readonly tenant: Tenant;
}

/** Every read model of a process. Contexts may share one (names for ids); it is folded once. */
export const projectionsOf = ({ contexts, reads = [], tenant }: Kept): readonly Projection[] => {
  const wanted = [...contexts, ...reads].flatMap((context) => context.projections(tenant));
  return [...new Map(wanted.map((one) => [one.collection, one])).values(), calls];
};

/** Folds the whole log into documents; resolves when they hold all that is in it now. */
export const foldReadModels = async (options: Omit<ProjectorOptions, 'onError'>): Promise<void> => {
  const projector = await startProjector(options);
  await projector.ready();
  await projector.stop();
};

/** A store's read models under their own names, in the versions that this release folds and in their first generation. */
export const readModelsIn = (stored: Documents, readModels: readonly Projection[]): Documents =>
  new Generations(stored, readModels);
