import type { Expand } from '@pim/odata';
import type { Expander } from './entity-set';
import type { GraphRequest } from './graph-request';

type Expanders = Readonly<Record<string, Expander>>;
type Found = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const objectsIn = (value: unknown): readonly object[] =>
  Array.isArray(value) ? value.filter(isObject) : isObject(value) ? [value] : [];

/** Follows the expansions inside an expansion, for everything it led to at once. */
const deepened = async (
  values: readonly unknown[],
  expands: readonly Expand[],
  expanders: Expanders,
  request: GraphRequest,
): Promise<readonly unknown[]> => {
  const known = expands.filter(({ name }) => expanders[name]);
  if (known.length === 0) return values;
  const objects = values.flatMap(objectsIn);
  const found = await expandAll(objects, known, expanders, request);
  const deeper = new Map(objects.map((object, index) => [object, { ...object, ...found[index] }]));
  const replaced = (value: unknown): unknown => (isObject(value) ? (deeper.get(value) ?? value) : value);
  return values.map((value) => (Array.isArray(value) ? value.map(replaced) : replaced(value)));
};

/**
 * What these entities' expansions lead to, level by level, each look-up for a whole page at once: one record per entity,
 * by navigation. What no expander is there for is taken from inside the entity, if it is there.
 */
export const expandAll = async (
  entities: readonly object[],
  expands: readonly Expand[],
  expanders: Expanders,
  request: GraphRequest,
): Promise<readonly Found[]> => {
  const found = await Promise.all(
    expands.map(async ({ name, query }) => {
      const expander = expanders[name];
      const values = expander ? await expander(entities, request) : entities.map(() => undefined);
      return [name, await deepened(values, query.expand, expander?.inner?.() ?? {}, request)] as const;
    }),
  );
  return entities.map((_, index) => Object.fromEntries(found.map(([name, values]) => [name, values[index]])));
};
