import fc from 'fast-check';
import { ApiError } from '../auth';
import { depthOf, parseJsonBody } from './json-body';

const depthOfValue = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOfValue)) : 0;

const refusal = (text: string): ApiError => {
  try {
    parseJsonBody(text);
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error(`${text.slice(0, 80)} was not refused`);
};

describe('the depth of JSON text', () => {
  it.each([
    ['1', 0],
    ['{}', 1],
    ['[[],{"a":[]}]', 3],
    ['"[[[["', 0],
    ['{"[[[": "]]]{{{"}', 1],
    [String.raw`{"a\"[[[":1}`, 1],
    [String.raw`{"a\\":[1]}`, 2],
    [String.raw`["\\\"[[[[", []]`, 2],
    [String.raw`"\u005b[[["`, 0],
    ['["\u2028[[[["]', 1],
  ])('of %s is %d', (text, depth) => expect(depthOf(text)).toBe(depth));

  it('of anything that is JSON is how deep it nests, whatever its texts hold', () => {
    const hostile = fc.string({ unit: fc.constantFrom('"', '\\', '[', ']', '{', '}', 'a', '\n', '\u2028') });
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'medium' },
        hostile,
        fc.integer(),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(hostile, tie('value'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(value, fc.constantFrom(0, 2), (one, indent) =>
        expect(depthOf(JSON.stringify(one, null, indent))).toBe(depthOfValue(one)),
      ),
    );
  });

  it.each([
    ['quotes', '"'],
    ['backslashes', '\\'],
    ['a text of backslashes', '\\', '"'],
    ['escaped quotes', '\\"'],
    ['texts that hold a quote and a bracket', '"\\"["'],
    ['a text that never ends', 'a', '"'],
    ['line breaks in a text', '\n', '"'],
    ['halves of characters', '\ud83d', '"'],
    ['brackets', '['],
  ])('costs no more than their length, for 1 MiB of %s', (_name, part, start = '') => {
    const worst = start + part.repeat(Math.ceil(1_048_576 / part.length));
    // A pattern that tried again from every place would take minutes, or run out of stack: the test would not end.
    expect(depthOf(worst)).toBe(part === '[' ? 1_048_576 : 0);
  });
});

describe('a JSON body', () => {
  it.each(['', ' ', '\r\n\t'])('that is empty (%j) is an object without members', (text) =>
    expect(parseJsonBody(text)).toEqual({}),
  );

  it('keeps what it says', () =>
    expect(parseJsonBody('{"a":[1,null,{"b":"\\ud83d\\ude00 \\u0000"}]}')).toEqual({ a: [1, null, { b: '😀 \0' }] }));

  it('may nest 32 levels, not 33', () => {
    const nested = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
    expect(parseJsonBody(nested(32))).toHaveProperty('a');
    expect(refusal(nested(33)).message).toContain('32 levels');
  });

  it.each(['null', 'true', '5', '"x"', '[]', '[{"a":1}]'])('is an object, not %s', (text) =>
    expect(refusal(text).message).toContain('must be a JSON object'),
  );

  it.each(['{', '{}{}', '{"a":1,}', "{'a':1}", '{"a":NaN}', '{"a":01}', '\ufeff{}', '{"a":"\n"}', '}{', 'undefined'])(
    'is JSON, not %j',
    (text) => expect(refusal(text).message).toContain('not valid JSON'),
  );

  it.each(['{"__proto__":{}}', '{"a":{"constructor":1}}', '{"a":[{"prototype":null}]}', '{"\\u005f_proto__":1}'])(
    'has no property that reaches into prototypes: %s',
    (text) => expect(refusal(text).message).toContain('may not be named'),
  );

  it.each(['{"a":"\\ud800"}', '{"a":["\\udc00\\ud800"]}', '{"\\ud800":1}', '{"a":{"b":"x\\uDBFFy"}}'])(
    'has no half characters, which no log could keep: %s',
    (text) => expect(refusal(text).message).toContain('surrogate'),
  );

  it('is refused with 400 and nothing else, whatever it is', () => {
    const pieces = fc.constantFrom('"', '\\', '[', ']', '{', '}', ':', ',', '1', 'null', '__proto__', '\\ud800', ' ');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((parts) => parts.join('')),
        ),
        (text) => {
          try {
            expect(typeof parseJsonBody(text)).toBe('object');
          } catch (error) {
            expect(error).toMatchObject({ status: 400, code: 'BadRequest' });
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
