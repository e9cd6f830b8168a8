import fc from 'fast-check';
import { id, role } from './server';
import { bodiesFor } from './valid-bodies';

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** JSON text that takes the place of a value. */
const fragments = [
  'null',
  'true',
  'false',
  '0',
  '-1',
  '-0',
  '1.5',
  '1e999',
  '9007199254740993',
  '"NaN"',
  '"Infinity"',
  '""',
  '" "',
  '"\\u0000"',
  '"\\ud800"',
  '"\\ud83d\\ude00"',
  '"\u00e9\u202e\ufeff"',
  `"${'x'.repeat(5_000)}"`,
  '[]',
  '{}',
  '[[]]',
  '[null]',
  '[{}]',
  '{"__proto__":{"isAdministrator":true}}',
  '{"constructor":{}}',
  '{"toString":null,"valueOf":1,"hasOwnProperty":2}',
  '{"then":{}}',
  '{"$gt":""}',
  '{"length":1e9}',
  '"__proto__"',
  '"constructor"',
  '"2026-02-30T00:00:00Z"',
  '"2026-03-02T08:00:00"',
  '"2026-03-02T23:59:60Z"',
  '"9999-12-31T23:59:59.9999999Z"',
  '"0000-01-01T00:00:00Z"',
  '"-271821-04-20T00:00:00Z"',
  '"2026-03-02T09:00:00+14:00"',
  '"PT8H"',
  '"P30D"',
  '"P"',
  '"PT"',
  '"PT0S"',
  '"-PT1H"',
  '"PT4M59.999S"',
  '"P1Y2M3W4DT5H6M7.8S"',
  '"PT999999999999999999H"',
  '"P10000Y"',
  '"pt1h"',
  '"afterDateTime"',
  '"AfterDuration"',
  '"noExpiration"',
  '"notSpecified"',
  '"adminExtend"',
  '"SELFACTIVATE"',
  `"${id.ada}"`,
  `"${id.helpdesk}"`,
  `"${role.exchangeAdministrator}"`,
  `"${role.globalAdministrator}"`,
  '"/administrativeUnits/x"',
  '"c1"',
  'NaN',
  'undefined',
  '01',
  "'x'",
  '['.repeat(40) + ']'.repeat(40),
];

const names = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'then',
  'toJSON',
  '@odata.type',
  '$where',
  '',
  'id',
  'Action',
  'appScopeId',
  'recurrence',
  'endDateTime',
  'startDateTime',
  'targetScheduleId',
  'x'.repeat(1_000),
];

/** One change of a body: at a place counted through all of its values, replace, drop, wrap, or add beside. */
interface Change {
  readonly at: number;
  readonly how: 'replace' | 'drop' | 'wrap' | 'add' | 'repeat';
  readonly name: string;
  readonly text: string;
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(40),
  how: fc.constantFrom<Change['how'][]>('replace', 'replace', 'replace', 'drop', 'wrap', 'add', 'repeat'),
  name: fc.constantFrom(...names),
  text: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...fragments) },
    { weight: 1, arbitrary: fc.json({ maxDepth: 3, noUnicodeString: false }) },
  ),
});

const memberText = (name: string, text: string): string => `${JSON.stringify(name)}:${text}`;

/** Prints JSON and lets the changes happen at the places they name; a place that does not exist changes nothing. */
const printer = (changes: readonly Change[]): ((value: Json) => string) => {
  let place = -1;
  const print = (value: Json): string => {
    place += 1;
    const here = changes.filter(({ at }) => at === place);
    return here.reduce((text, { how, text: other, name }) => {
      if (how === 'replace') return other;
      if (how === 'wrap') return `[${text}]`;
      return how === 'add' && text.startsWith('{') ? text.replace('{', `{${memberText(name, other)},`) : text;
    }, plain(value));
  };
  const member = ([name, value]: readonly [string, Json]): string => {
    const own = changes.find(({ at }) => at === place + 1)?.how;
    const text = memberText(name, print(value));
    return own === 'drop' ? '' : own === 'repeat' ? `${text},${text}` : text;
  };
  const plain = (value: Json): string => {
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    if (Array.isArray(value)) return `[${value.map((one) => print(one as Json)).join(',')}]`;
    return `{${Object.entries(value)
      .map(member)
      .filter((text) => text !== '')
      .join(',')}}`;
  };
  return print;
};

const whole = [
  '',
  ' ',
  'null',
  '[]',
  '5',
  '"x"',
  '{}',
  '{',
  '{}{}',
  '\ufeff{}',
  '{"a":1,}',
  '{"action":"selfActivate" /* x */}',
  '{"a":'.repeat(5_000),
  `{"a":${'['.repeat(33)}${']'.repeat(33)}}`,
  '"'.repeat(10_000),
  `{"${'\\"'.repeat(10_000)}":1}`,
  `{${Array.from({ length: 5_000 }, (_, n) => `"k${n}":1`).join(',')}}`,
  `{"justification":"${'x'.repeat(500_000)}"}`,
];

/** A body for a route: a right one with up to three things wrong, or something else altogether. */
export const bodyFor = (route: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...bodiesFor(route)).map((body) => JSON.stringify(body)) },
    {
      weight: 12,
      arbitrary: fc
        .tuple(fc.constantFrom(...bodiesFor(route)), fc.array(change, { minLength: 1, maxLength: 3 }))
        .map(([body, changes]) => printer(changes)(body as Json)),
    },
    { weight: 1, arbitrary: fc.constantFrom(...whole) },
    { weight: 1, arbitrary: fc.json() },
  );
