import { Rejection } from '@pim/kernel';
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
  if (expands.length === 0) return values;
  const objects = values.flatMap(objectsIn);
  const found = await expandAll(objects, expands, expanders, request);
  const deeper = new Map(objects.map((object, index) => [object, { ...object, ...found[index] }]));
  const replaced = (value: unknown): unknown => (isObject(value) ? (deeper.get(value) ?? value) : value);
  return values.map((value) => (Array.isArray(value) ? value.map(replaced) : replaced(value)));
};

const isInside = (value: unknown): boolean => (Array.isArray(value) ? value.every(isObject) : isObject(value));

/** Throws for what is not inside each entity: an empty answer would say that there is none. */
const requireInside = (entities: readonly object[], name: string): null => {
  if (entities.every((entity) => isInside(Reflect.get(entity, name)))) return null;
  throw new Rejection(
    'invalid',
    'BadRequest',
    `$expand=${name} is not served here. Ask for it by a request of its own.`,
  );
};

/**
 * What these entities' expansions lead to, level by level, each look-up for a whole page at once: one record per entity,
 * by navigation. What no expander is there for must be inside the entity. Throws a Rejection for what cannot be found.
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
      if (!expander) return requireInside(entities, name);
      const values = await expander(entities, request);
      return [name, await deepened(values, query.expand, expander.inner?.() ?? {}, request)] as const;
    }),
  );
  const looked = found.filter((one) => one !== null);
  return entities.map((_, index) => Object.fromEntries(looked.map(([name, values]) => [name, values[index]])));
};
