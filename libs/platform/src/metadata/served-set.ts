import type { EntitySchema } from '@pim/odata';
import type { GraphVersion } from '../graph/graph-request';

/** A collection, or a single entity, that a context serves, as `$metadata` and `/openapi.json` describe it. */
export interface ServedSet {
  /** Behind the version: `roleManagement/directory/roleDefinitions`. */
  readonly path: string;
  readonly schema: EntitySchema;
  /** What beta has instead. */
  readonly beta?: EntitySchema;
  readonly isSingleton?: true;
  readonly isBetaOnly?: true;
  /** What `filterByCurrentUser` of the set takes; left out where the set has no such function. */
  readonly filterByCurrentUser?: readonly string[];
  /** Actions on one entity of the set. */
  readonly actions?: readonly string[];
}

/** The sets that one version of the API has. */
export const setsIn = (sets: readonly ServedSet[], version: GraphVersion): readonly ServedSet[] =>
  sets.filter(({ isBetaOnly }) => version === 'beta' || !isBetaOnly);

/** The entities of a set in one version of the API. */
export const schemaOf = ({ schema, beta }: ServedSet, version: GraphVersion): EntitySchema =>
  version === 'beta' ? (beta ?? schema) : schema;
