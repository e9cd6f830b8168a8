/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * Canonical JSON (RFC 8785): the same value always gives the same text, so a hash of it means the same thing for ever.
 * `undefined` members are left out, as JSON does. Throws on what JSON cannot hold (functions, NaN, lone surrogates).
 */
export const canonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  return typeof value === 'object' && value !== null ? canonicalObject(value) : canonicalScalar(value);
};

const canonicalScalar = (value: unknown): string => {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${value} has no JSON form`);
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return JSON.stringify(value);
  throw new TypeError(`a ${typeof value} has no JSON form`);
};

const canonicalObject = (value: object): string => {
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  // RFC 8785 §3.2.3 orders names by UTF-16 code units, which is what comparing JavaScript strings does.
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${quoted(name)}:${canonicalJson(member)}`).join(',')}}`;
};

const quoted = (text: string): string => {
  if (!text.isWellFormed()) throw new TypeError('a lone surrogate has no JSON form');
  return JSON.stringify(text);
};
