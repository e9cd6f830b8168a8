import { parseFilter, type ScimFilter } from './scim-filter';
import { isJson, keyIn, scimFault, urn, valueIn, type Json } from './scim-json';
import { readPath, type AttributePath } from './scim-path';

/** What a client wants of a list (RFC 7644 §3.4.2), in the query or in the body of a search. */
export interface ListWish {
  readonly filter: ScimFilter | null;
  /** How many come before the first one that is shown. */
  readonly skip: number;
  readonly count: number;
  readonly shown: Shown;
}

/** Which attributes are answered (RFC 7644 §3.9); nothing named: all of them. */
export interface Shown {
  readonly attributes: readonly AttributePath[];
  readonly excluded: readonly AttributePath[];
}

const mostOnPage = 200;
const usualOnPage = 100;
const mostNames = 100;

const numberIn = (value: unknown, name: string, usual: number): number => {
  if (value === undefined) return usual;
  const number = typeof value === 'string' && /^-?\d{1,9}$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number)) return number;
  throw scimFault('invalidValue', `${name} must be a whole number.`);
};

const pathsIn = (value: unknown, name: string): readonly AttributePath[] => {
  if (value === undefined || value === '') return [];
  const names = typeof value === 'string' ? value.split(',') : value;
  if (!Array.isArray(names) || names.length > mostNames || !names.every((one) => typeof one === 'string'))
    throw scimFault('invalidValue', `${name} must be a list of at most ${mostNames} names.`);
  return names.map((one) => readPath(one));
};

/** Reads which attributes are wanted. Throws `invalidValue` or `invalidPath`. */
export const shownIn = (said: Json): Shown => ({
  attributes: pathsIn(said['attributes'], 'attributes'),
  excluded: pathsIn(said['excludedAttributes'], 'excludedAttributes'),
});

/** Reads a wish. Throws RFC 7644's faults. */
export const readWish = (said: Json): ListWish => {
  const { filter } = said;
  if (filter !== undefined && typeof filter !== 'string') throw scimFault('invalidFilter', 'filter must be one text.');
  return {
    filter: filter === undefined ? null : parseFilter(filter),
    skip: Math.max(1, numberIn(said['startIndex'], 'startIndex', 1)) - 1,
    count: Math.min(mostOnPage, Math.max(0, numberIn(said['count'], 'count', usualOnPage))),
    shown: shownIn(said),
  };
};

/** Whether an attribute is answered, whole or in part: what is not is not looked up either. */
export const isShown = ({ attributes, excluded }: Shown, name: string): boolean => {
  const isThis = (path: AttributePath): boolean => path.name.toLowerCase() === name;
  if (attributes.length > 0) return attributes.some(isThis);
  return !excluded.some((path) => isThis(path) && path.sub === null);
};

const always = ['schemas', 'id', 'meta'];

const holderOf = (resource: Json, { extension }: AttributePath): unknown =>
  extension === null ? resource : valueIn(resource, extension);

const part = (value: unknown, sub: string): unknown => {
  if (Array.isArray(value)) return value.map((one) => part(one, sub));
  return isJson(value) ? { [keyIn(value, sub) ?? sub]: valueIn(value, sub) } : value;
};

/** One attribute that was asked for, in the place where it stands. */
const picked = (resource: Json, path: AttributePath): Json => {
  const holder = holderOf(resource, path);
  const key = isJson(holder) ? keyIn(holder, path.name) : undefined;
  if (!isJson(holder) || key === undefined) return {};
  const one = { [key]: path.sub === null ? holder[key] : part(holder[key], path.sub) };
  return path.extension === null ? one : { [path.extension]: one };
};

const merged = (one: unknown, other: unknown): unknown => {
  if (Array.isArray(one) && Array.isArray(other)) return one.map((value, n) => merged(value, other[n]));
  if (!isJson(one) || !isJson(other)) return other;
  return Object.entries(other).reduce<Json>(
    (whole, [key, value]) => ({ ...whole, [key]: key in whole ? merged(whole[key], value) : value }),
    one,
  );
};

const withoutPart = (value: unknown, sub: string): unknown => {
  if (Array.isArray(value)) return value.map((one) => withoutPart(one, sub));
  if (!isJson(value)) return value;
  const key = keyIn(value, sub);
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
};

const dropped = (resource: Json, { extension, name, sub }: AttributePath): Json => {
  if (extension !== null) {
    const inner = valueIn(resource, extension);
    return isJson(inner) ? { ...resource, [extension]: dropped(inner, { extension: null, name, sub }) } : resource;
  }
  const key = keyIn(resource, name);
  if (key === undefined || always.includes(key)) return resource;
  if (sub !== null) return { ...resource, [key]: withoutPart(resource[key], sub) };
  return Object.fromEntries(Object.entries(resource).filter(([one]) => one !== key));
};

/** A resource with the attributes that are wanted; `schemas`, `id` and `meta` are there in any case. */
export const projected = (resource: Json, { attributes, excluded }: Shown): Json => {
  if (attributes.length === 0) return excluded.reduce(dropped, resource);
  const kept = Object.fromEntries(always.map((name) => [name, resource[name]]));
  return attributes.reduce<Json>((whole, path) => merged(whole, picked(resource, path)) as Json, kept);
};

/** A page of resources (RFC 7644 §3.4.2); `total` of all that match. */
export const listResponse = (resources: readonly Json[], total: number, skip: number): Json => ({
  schemas: [urn.list],
  totalResults: total,
  startIndex: skip + 1,
  itemsPerPage: resources.length,
  Resources: resources,
});
