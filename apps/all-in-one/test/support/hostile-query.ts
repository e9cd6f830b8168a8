import fc from 'fast-check';
import { id } from './server';

const properties = [
  'id',
  'Id',
  'principalId',
  'roleDefinitionId',
  'status',
  'displayName',
  'startDateTime',
  'accountEnabled',
  'scopeId',
  'rules',
  'members',
  'principal/id',
  'scheduleInfo/expiration/type',
  'scheduleInfo/expiration/duration',
  'initiatedBy/user/id',
  'targetResources',
  'rolePermissions',
  'notificationRecipients',
  '__proto__',
  'constructor/name',
  '$where',
  '',
];

const literals = [
  "'x'",
  "'it''s'",
  "'",
  "''",
  'null',
  'true',
  '5',
  '-0',
  '9'.repeat(400),
  '1.5',
  'NaN',
  'INF',
  '2026-02-30T00:00:00Z',
  '2026-01-01',
  '9999-12-31T23:59:59Z',
  "duration'PT8H'",
  "duration'P'",
  "'\u0000'",
  "'%'",
  "'((a+)+)+$'",
  "'.*'",
  "'\\'",
  id.erin,
  `'${id.erin}'`,
  `(${"'a',".repeat(1_100)}'a')`,
  "('a','b')",
  '()',
];

const operators = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'in', 'has', 'EQ', ''];

const comparison = fc
  .tuple(fc.constantFrom(...properties), fc.constantFrom(...operators), fc.constantFrom(...literals))
  .map((parts) => parts.join(' '));

const call = fc
  .tuple(
    fc.constantFrom('startswith', 'contains', 'endswith', 'tolower', 'isof', 'cast', 'now'),
    fc.constantFrom(...properties),
    fc.constantFrom(...literals),
  )
  .map(([name, property, literal]) => `${name}(${property},${literal})`);

const filter: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    comparison,
    call,
    fc.tuple(tie('node'), fc.constantFrom('and', 'or', 'xor'), tie('node')).map((parts) => parts.join(' ')),
    tie('node').map((node) => `not (${node})`),
    tie('node').map((node) => `(${node}`),
    fc.tuple(fc.constantFrom(...properties), tie('node')).map(([name, node]) => `${name}/any(x: x/${node})`),
  ),
})).node;

const expansions = fc.constantFrom(
  '*',
  'principal',
  'roleDefinition($select=displayName)',
  "rules($filter=id eq 'x')",
  'policy($expand=rules($expand=x))',
  'steps',
  'principal,principal',
  'principal(',
  'principal($select=__proto__)',
  `${'policy($expand='.repeat(50)}rules${')'.repeat(50)}`,
  'inheritsPermissionsFrom($levels=max)',
);

const numbers = fc.constantFrom(
  '0',
  '1',
  '-1',
  '999',
  '1000',
  '9'.repeat(30),
  '1e3',
  '0x10',
  ' 5',
  '5;drop',
  'NaN',
  '',
);

const names = fc.array(fc.constantFrom(...properties, '*', 'displayName desc', 'id asc', 'id sideways'), {
  maxLength: 4,
});

const options: readonly fc.Arbitrary<readonly [string, string]>[] = [
  fc.tuple(fc.constantFrom('$filter', 'filter', '$FILTER'), filter),
  fc.tuple(fc.constant('$expand'), expansions),
  fc.tuple(
    fc.constantFrom('$select', '$orderby'),
    names.map((list) => list.join(',')),
  ),
  fc.tuple(fc.constantFrom('$top', '$skip', '$skiptoken', '$count'), numbers),
  fc.tuple(
    fc.constantFrom('$skiptoken', '$search', '$apply', '$format', '$compute'),
    fc.base64String({ maxLength: 40 }),
  ),
  fc.tuple(
    fc.constantFrom(
      '__proto__',
      '$top[]',
      '$top[$gt]',
      '__proto__[x]',
      'constructor',
      '',
      '$',
      'x',
      '$filter[__proto__]',
    ),
    fc.string({ unit: 'binary', maxLength: 20 }),
  ),
];

const policies = "$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'";

/** A query string with its question mark, or nothing. */
export const queryString: fc.Arbitrary<string> = fc.oneof(
  { weight: 2, arbitrary: fc.constant('') },
  {
    weight: 5,
    arbitrary: fc
      .array(fc.oneof(...options), { minLength: 1, maxLength: 3 })
      .map((pairs) => `?${pairs.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')}`),
  },
  { weight: 1, arbitrary: fc.constant(`?${encodeURI(policies)}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '?',
      '?%',
      '?$select=%zz',
      '?$filter=%ff',
      '?$top=1&$top=2',
      '?$top=1&%24top=1',
      '?=&=&&&',
      `?${'a=1&'.repeat(2_000)}`,
      `?$filter=${'('.repeat(4_000)}`,
      `?$filter=${'not%20'.repeat(1_500)}true`,
      `?x=${'x'.repeat(20_000)}`,
      '??$top=1',
      '?$top=1#$top=2',
    ),
  },
);
