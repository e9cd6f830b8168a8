import { parseValueFilter } from './scim-filter';
import { isJson, keyIn, scimFault, valueIn, type Json } from './scim-json';
import { readPath, type AttributePath } from './scim-path';

/** One operation as it was sent: `Add` and `add` mean the same, to Entra ID at least. */
export interface PatchOperation {
  readonly op: string;
  readonly path?: string | null;
  readonly value?: unknown;
}

type Verb = 'add' | 'replace' | 'remove';

interface Target extends AttributePath {
  /** What is between brackets: which values of a multi-valued attribute. */
  readonly filter: string | null;
}

const multiValued: ReadonlySet<string> = new Set([
  'emails',
  'phonenumbers',
  'addresses',
  'members',
  'ims',
  'photos',
  'roles',
  'entitlements',
]);

const bracketed = /^([^[\]]+)\[(.*)\](?:\.([A-Za-z$][\w$-]*))?$/s;

const readTarget = (path: string): Target => {
  const [, attribute, filter, sub] = bracketed.exec(path.trim()) ?? [];
  if (attribute === undefined) return { ...readPath(path), filter: null };
  return { ...readPath(attribute), sub: sub ?? null, filter: filter ?? '' };
};

const set = (object: Json, name: string, value: unknown): Json => {
  if (name === '__proto__') throw scimFault('invalidPath', 'There is no such attribute.');
  return { ...object, [keyIn(object, name) ?? name]: value };
};

const without = (object: Json, name: string): Json => {
  const key = keyIn(object, name);
  return Object.fromEntries(Object.entries(object).filter(([one]) => one !== key));
};

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

const idOf = (value: unknown): unknown => (isJson(value) ? valueIn(value, 'value') : value);

/** What is there already is not added a second time. */
const joined = (present: readonly unknown[], added: readonly unknown[]): readonly unknown[] => {
  const known = new Set(present.map(idOf));
  return [...present, ...added.filter((one) => idOf(one) === undefined || !known.has(idOf(one)))];
};

const addTo = (present: unknown, value: unknown, name: string): unknown => {
  if (multiValued.has(name.toLowerCase())) return joined(listOf(present), listOf(value));
  return joinedParts(present, value);
};

/** Parts of an attribute that a value does not name stay as they are. */
const joinedParts = (present: unknown, value: unknown): unknown =>
  isJson(present) && isJson(value)
    ? Object.entries(value).reduce((whole, [key, one]) => set(whole, key, one), present)
    : value;

/** One attribute, or a part of it. */
const changeAttribute = (object: Json, verb: Verb, { name, sub }: AttributePath, value: unknown): Json => {
  const present = valueIn(object, name);
  if (sub !== null) {
    const part = isJson(present) ? present : {};
    return set(object, name, verb === 'remove' ? without(part, sub) : set(part, sub, value));
  }
  if (verb === 'remove') return removeAttribute(object, name, value);
  return set(object, name, verb === 'add' ? addTo(present, value, name) : replaced(present, value, name));
};

const replaced = (present: unknown, value: unknown, name: string): unknown =>
  multiValued.has(name.toLowerCase()) ? listOf(value ?? undefined) : joinedParts(present, value);

/** Entra ID names the members that go in the value, where the RFC has them in the path. What has one value goes whole. */
const removeAttribute = (object: Json, name: string, value: unknown): Json => {
  const present = valueIn(object, name);
  const gone = new Set(listOf(value).map(idOf));
  if (value === undefined || value === null || gone.size === 0 || !Array.isArray(present)) return without(object, name);
  return set(
    object,
    name,
    present.filter((one) => !gone.has(idOf(one))),
  );
};

/** Which values a filter between brackets means; what another value names is not looked at any closer. */
const meant = (filter: string): ReturnType<typeof parseValueFilter> => {
  const matches = parseValueFilter(filter);
  const named = matches.demands['value']?.toLowerCase();
  if (named === undefined) return matches;
  const mayBe = (value: unknown): boolean => typeof value !== 'string' || value.toLowerCase() === named;
  return Object.assign((one: Json) => mayBe(valueIn(one, 'value')) && matches(one), { demands: matches.demands });
};

/** Some values of a multi-valued attribute. What replaces a part of a value that is not there makes the value. */
const changeValues = (object: Json, verb: Verb, target: Target, value: unknown): Json => {
  const { name, sub, filter } = target;
  const isMeant = meant(filter ?? '');
  const present = listOf(valueIn(object, name)).filter(isJson);
  if (verb === 'remove' && sub === null)
    return set(
      object,
      name,
      present.filter((one) => !isMeant(one)),
    );
  const change = (one: Json): Json => {
    if (sub !== null) return verb === 'remove' ? without(one, sub) : set(one, sub, value);
    return isJson(value)
      ? Object.entries(value).reduce((whole, [key, part]) => set(whole, key, part), one)
      : set(one, 'value', value);
  };
  if (verb !== 'remove' && !present.some(isMeant))
    return set(object, name, [...present, change({ ...isMeant.demands })]);
  return set(
    object,
    name,
    present.map((one) => (isMeant(one) ? change(one) : one)),
  );
};

const changeAt = (resource: Json, verb: Verb, target: Target, value: unknown): Json => {
  const { extension } = target;
  const inner = extension === null ? resource : valueIn(resource, extension);
  const object = isJson(inner) ? inner : {};
  const changed =
    target.filter === null ? changeAttribute(object, verb, target, value) : changeValues(object, verb, target, value);
  return extension === null ? changed : set(resource, extension, changed);
};

const verbOf = (op: unknown): Verb => {
  const verb = String(op).toLowerCase();
  if (verb === 'add' || verb === 'replace' || verb === 'remove') return verb;
  throw scimFault('invalidSyntax', 'op must be add, replace or remove.');
};

const apply = (resource: Json, { op, path, value }: PatchOperation): Json => {
  const verb = verbOf(op);
  if (path) return changeAt(resource, verb, readTarget(path), value);
  if (verb === 'remove') throw scimFault('noTarget', 'remove needs a path.');
  if (!isJson(value)) throw scimFault('invalidValue', 'Without a path the value must be an object.');
  return Object.entries(value).reduce((whole, [name, one]) => changeAt(whole, verb, readTarget(name), one), resource);
};

/** Values that all operations together may look through: a second's work at the most. */
const mostLooked = 1_000_000;

/** A filter that names one value passes the others at a glance; any other is asked of each. */
const costOf = ({ filter }: Target): number =>
  filter === null || parseValueFilter(filter).demands['value'] !== undefined ? 1 : 20;

/** How many values an operation looks through. */
const lookedBy = (resource: Json, { path, value }: PatchOperation): number => {
  const targets = (path ? [path] : isJson(value) ? Object.keys(value) : []).map(readTarget);
  return targets.reduce((sum, target) => sum + listOf(valueIn(resource, target.name)).length * costOf(target), 0);
};

/**
 * A resource after these operations, one after the other (RFC 7644 §3.5.2). Throws the RFC's faults, and `tooMany` before
 * it has taken long; changes nothing.
 */
export const patched = (resource: Json, operations: readonly PatchOperation[]): Json => {
  let looked = 0;
  return operations.reduce((before, operation) => {
    looked += lookedBy(before, operation);
    if (looked > mostLooked)
      throw scimFault('tooMany', 'So many operations on so many values are too much at once. Send fewer of them.');
    return apply(before, operation);
  }, resource);
};
