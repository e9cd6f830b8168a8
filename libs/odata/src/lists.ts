import type { OrderBy } from './ast';
import { badRequest, invalidFilter, unknownProperty } from './refusal';
import { memberOf, resolvePath, type EntitySchema, type Resolved } from './schema';
import { splitOutside } from './split';

const propertyNamed = (name: string, schema: EntitySchema): readonly string[] => {
  const property = memberOf(schema.properties, name);
  if (property) return [property[0]];
  if (memberOf(schema.navigations, name)) return [];
  const owner = memberOf(schema.properties, name.split('/', 1)[0] ?? '');
  if (!owner) throw unknownProperty(name, schema);
  throw badRequest(`$select takes whole properties; select ${owner[0]} instead of ${name.slice(0, 200)}.`);
};

/**
 * `$select` as canonical names, each once, in the client's order; undefined when it asks for everything. A navigation
 * may be named, as Graph allows; it shows only when it is expanded, so it is left out here.
 */
export const selectOf = (text: string, schema: EntitySchema): readonly string[] | undefined => {
  const names = splitOutside(text, ',', '$select');
  if (names.includes('*')) return undefined;
  const selected = names.flatMap((name) => propertyNamed(name, schema));
  return [...new Set(selected)];
};

const sortable = ['string', 'boolean', 'dateTime', 'int'];

const isSortable = ({ property, filterable, lookUp }: Resolved): boolean =>
  filterable && lookUp === undefined && sortable.includes(property.type);

const directions: readonly string[] = ['asc', 'desc'];

const orderOf = (item: string, text: string, schema: EntitySchema): OrderBy => {
  const [path = '', direction = 'asc', ...rest] = item.split(/\s+/);
  if (rest.length > 0 || !directions.includes(direction.toLowerCase()))
    throw invalidFilter(text, `an order is a property followed by asc or desc, '${item.slice(0, 200)}' is not`);
  const resolved = resolvePath(path.split('/'), schema);
  if (!resolved) throw unknownProperty(path, schema);
  if (!isSortable(resolved)) throw invalidFilter(text, `nothing can be ordered by '${resolved.path.join('/')}'`);
  return { path: resolved.path, descending: direction.toLowerCase() === 'desc' };
};

/** `$orderby`, most significant first. */
export const orderByOf = (text: string, schema: EntitySchema): readonly OrderBy[] =>
  splitOutside(text, ',', '$orderby').map((item) => orderOf(item, text, schema));
