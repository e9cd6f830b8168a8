import type { Scalar } from './ast';
import { isoOf } from './date-time';
import type { Fail, Token } from './lexer';
import { canonicalValue, type PropertySchema } from './schema';
import { uuid } from '@pim/kernel';

const duration = /^-?P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?$/i;

/** Whether a token can only be a value, so that `'x' eq id` is read the other way round. */
export const isLiteral = (token: Token): boolean =>
  ['quoted', 'guid', 'date', 'number'].includes(token.kind) ||
  (token.kind === 'word' && ['true', 'false', 'null'].includes(token.text.toLowerCase()));

const asText = (token: Token, property: PropertySchema, fail: Fail): string => {
  if (token.kind === 'guid') return token.text.toLowerCase();
  if (token.kind !== 'quoted') return fail(`put ${token.text} into single quotes, it is compared with text`);
  // `microsoft.graph.accessId'member'` is how OData writes a member of an enumeration.
  if (token.prefix !== '' && !property.enum) return fail(`${token.prefix}'…' is not text; leave the prefix out`);
  return uuid.test(token.text) ? token.text.toLowerCase() : canonicalValue(token.text, property);
};

const asDateTime = (token: Token, _: PropertySchema, fail: Fail): string => {
  const plain = token.kind === 'date' || (token.kind === 'quoted' && token.prefix === '');
  const iso = plain ? isoOf(token.text) : null;
  return iso ?? fail(`'${token.text}' is not a moment; write it as 2024-01-31T08:00:00Z`);
};

const asInt = (token: Token, _: PropertySchema, fail: Fail): number => {
  const value = token.kind === 'number' ? Number(token.text) : Number.NaN;
  // Adding 0 turns -0 into 0: they are equal, and only one of them has a JSON form.
  return Number.isSafeInteger(value) ? value + 0 : fail(`'${token.text}' is not a whole number`);
};

const asBoolean = (token: Token, _: PropertySchema, fail: Fail): boolean => {
  const word = token.kind === 'word' ? token.text.toLowerCase() : '';
  return word === 'true' || (word === 'false' ? false : fail(`'${token.text}' is neither true nor false`));
};

const asDuration = (token: Token, _: PropertySchema, fail: Fail): string => {
  const quoted = token.kind === 'quoted' && ['', 'duration'].includes(token.prefix.toLowerCase());
  return quoted && duration.test(token.text)
    ? token.text.toUpperCase()
    : fail(`'${token.text}' is not a duration; write it as duration'PT8H'`);
};

const asNullOnly = (_: Token, { type }: PropertySchema, fail: Fail): never =>
  fail(`a ${type} value can be compared with null only; name one of its members`);

type Reader = (token: Token, property: PropertySchema, fail: Fail) => Scalar;

const readers: Readonly<Record<PropertySchema['type'], Reader>> = {
  string: asText,
  dateTime: asDateTime,
  int: asInt,
  boolean: asBoolean,
  duration: asDuration,
  complex: asNullOnly,
  collection: asNullOnly,
};

/** The value a literal stands for when it is compared with this property; fails when it does not fit. */
export const valueOf: Reader = (token, property, fail) =>
  token.kind === 'word' && token.text.toLowerCase() === 'null' ? null : readers[property.type](token, property, fail);
