import { isObject, memberOf, type JsonObject } from './json-shape';
import { invalidRule } from './policy-check';

/** An object being read: which rule it belongs to, and where in that rule it stands (`setting.`). */
export interface Place {
  readonly ruleId: string;
  readonly path: string;
  readonly body: JsonObject;
}

/** How one member is read; `read` gives `undefined` for what it is not. */
export interface Shape<T> {
  readonly must: string;
  readonly read: (value: unknown) => T | undefined;
}

/** The value of a member; the stored one when the body does not have it. Throws a Rejection that names the member. */
export const member = <T>({ ruleId, path, body }: Place, name: string, stored: T, shape: Shape<T>): T => {
  const value = body[name];
  if (value === undefined) return stored;
  const read = shape.read(value);
  if (read === undefined) throw invalidRule(ruleId, `${path}${name} must be ${shape.must}.`);
  return read;
};

/** Refuses members this build does not know: a misspelled setting must not be taken for a change that was made. */
export const refuseUnknown = ({ ruleId, path, body }: Place, known: readonly string[]): void => {
  const unknown = Object.keys(body).find((name) => !known.includes(name) && !name.includes('@odata.'));
  if (unknown !== undefined)
    throw invalidRule(ruleId, `${path}${unknown.slice(0, 64)} is not a member; known are ${known.join(', ')}.`);
};

/** The object a member holds, to be read further; `null` when the body does not have it. */
export const placeIn = (place: Place, name: string): Place | null => {
  const body = member<JsonObject | null>(place, name, null, object);
  return body === null ? null : { ruleId: place.ruleId, path: `${place.path}${name}.`, body };
};

export const object: Shape<JsonObject> = {
  must: 'an object',
  read: (value) => (isObject(value) ? value : undefined),
};

export const flag: Shape<boolean> = {
  must: 'true or false',
  read: (value) => (typeof value === 'boolean' ? value : undefined),
};

export const count: Shape<number> = {
  must: 'a whole number, not negative',
  read: (value) => (Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : undefined),
};

/** Text of at most so many characters. */
export const text = (maxLength: number): Shape<string> => ({
  must: `text of at most ${maxLength} characters`,
  read: (value) => (typeof value === 'string' && value.length <= maxLength ? value : undefined),
});

/** A member of an enum, in any case. */
export const oneOf = <T extends string>(members: readonly T[]): Shape<T> => ({
  must: `one of ${members.join(', ')}`,
  read: (value) => memberOf(members, value),
});

/** A list of which every item has this shape. */
export const listOf = <T>(item: Shape<T>): Shape<readonly T[]> => ({
  must: `a list, each item ${item.must}`,
  read: (value) => {
    if (!Array.isArray(value)) return undefined;
    const items = value.map((one) => item.read(one));
    return items.every((one) => one !== undefined) ? items : undefined;
  },
});

/** The same, or null; empty text, as some clients send it, is null too. */
export const orNull = (shape: Shape<string>): Shape<string | null> => ({
  must: `${shape.must}, or null`,
  read: (value) => (value === null || value === '' ? null : shape.read(value)),
});
