import { Rejection } from '@pim/kernel';
import fc from 'fast-check';
import { Query } from 'mingo';
import { matches, parseFilter, parseQuery, toFilter } from './index';
import { documents, filters } from './spec/arbitrary';
import { print } from './spec/print';
import { request } from './spec/schemas';

const real = [
  "category eq 'RoleManagement' and activityDateTime ge 2024-01-01T00:00:00Z and (status eq 'a' or status eq 'b')",
  "targetResources/any(t: t/id eq '00000000-0000-0000-0000-00000000000a' and t/rank gt -1) and not startswith(id,'x''y')",
  'principalId eq 05ff0658-aaaa-bbbb-cccc-0123456789ab and createdDateTime ge 2024-01-01T00:00:00.1234567+02:00',
  "scopeId eq '/' and scopeType eq 'DirectoryRole' ",
  "id in ('a','b',null) or scheduleInfo/expiration/duration eq duration'PT8H' or tags/any(x:x eq 'y')",
  "roleDefinition($select=displayName;$filter=id eq 'a'),principal,activatedUsing($expand=*;$top=5)",
  'createdDateTime desc, id asc',
];

const fragments = [
  '(',
  ')',
  "'",
  ' ',
  ',',
  ';',
  '/',
  ':',
  '$',
  'not ',
  'any(',
  ' in (',
  ' eq ',
  'x:',
  '\u{1F600}',
  '\0',
  '%',
  '-',
  '9',
  'P',
];

/** A real text with a few places replaced, so that the fuzz gets past the first token. */
const mutated = fc
  .tuple(
    fc.constantFrom(...real),
    fc.array(fc.tuple(fc.nat(150), fc.nat(4), fc.constantFrom(...fragments)), { maxLength: 5 }),
  )
  .map(([text, edits]) =>
    edits.reduce((current, [at, length, put]) => current.slice(0, at) + put + current.slice(at + length), text),
  );

const onlyRejects = (run: () => unknown): void => {
  try {
    run();
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    expect(error.kind).toBe('invalid');
    expect(error.message.length).toBeLessThan(1500);
  }
};

describe('a filter', () => {
  it('that is printed and read again is the same filter', () => {
    fc.assert(
      fc.property(filters, (node) => {
        expect(parseFilter(print(node), request)).toEqual(node);
      }),
      { numRuns: 500 },
    );
  });

  it('finds in memory what a store finds with its translation', () => {
    fc.assert(
      fc.property(filters, documents, (node, document) => {
        const stored = JSON.parse(JSON.stringify(document)) as Record<string, unknown>;
        const found = new Query(toFilter(node, request)).test(stored);
        expect({ found: matches(node, stored, request) }).toEqual({ found });
      }),
      { numRuns: 3000 },
    );
  });
});

describe('whatever text arrives in an option', () => {
  const options = fc.constantFrom('$filter', '$expand', '$select', '$orderby', '$top', '$skip', '$skiptoken', '$count');

  it('is understood or rejected', () => {
    const text = fc.oneof(mutated, fc.string({ unit: 'binary', maxLength: 60 }));
    fc.assert(
      fc.property(options, text, (name, value) => onlyRejects(() => parseQuery({ [name]: value }, request))),
      { numRuns: 4000 },
    );
  });

  it('is understood or rejected under any name', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.array(fc.string()))), (params) =>
        onlyRejects(() => parseQuery(params, request)),
      ),
    );
  });

  it('can be translated and evaluated when it was understood', () => {
    fc.assert(
      fc.property(mutated, documents, (text, document) => {
        onlyRejects(() => {
          const node = parseFilter(text, request);
          const stored = JSON.parse(JSON.stringify(document)) as Record<string, unknown>;
          expect(new Query(toFilter(node, request)).test(stored)).toBe(matches(node, stored, request));
        });
      }),
      { numRuns: 2000 },
    );
  });
});
