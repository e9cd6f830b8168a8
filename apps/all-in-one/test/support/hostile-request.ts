import fc from 'fast-check';
import { isPublic, permissionTable } from '@pim/platform';
import { bodyFor } from './hostile-body';
import { idBehind } from './hostile-path';
import { queryString } from './hostile-query';
import { utf8 } from './raw-client';

/** Who asks: the name of a demo user, an application, or a way in which a token is wrong. */
export const callers = ['ada', 'erin', 'frank', 'alice', 'sam', 'paul', 'automation'] as const;
export const badTokens = [
  'none',
  'empty',
  'basic',
  'two',
  'header',
  'payload',
  'signature',
  'unsigned',
  'dots',
  'huge',
  'expired',
] as const;
export type Caller = (typeof callers)[number] | (typeof badTokens)[number];

/** A request before stand-ins and tokens are put in. */
export interface HostileRequest {
  readonly method: string;
  readonly target: string;
  readonly caller: Caller;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | null;
}

/** Every route but the development issuer's, which is no part of the product and has an OIDC library behind it. */
const routes = permissionTable
  .filter(({ route }) => !route.startsWith('ANY '))
  .map((row) => {
    const [method = '', path = ''] = row.route.split(' ');
    return { method, path, isPublic: isPublic(row) };
  });

const roots = fc.oneof(
  { weight: 40, arbitrary: fc.constantFrom('/v1.0', '/beta') },
  { weight: 1, arbitrary: fc.constantFrom('', '/v2.0', '/V1.0', '//v1.0', '/v1.0/', '/openpim', '/v1.0/%2e%2e/beta') },
  { weight: 1, arbitrary: fc.constantFrom('http://other.example/v1.0', 'https://a@b/beta', 'HTTP://x:1/v1.0') },
);

/** The same path, spelt in another way. */
const spelt = fc.constantFrom<(path: string) => string>(
  ...Array.from({ length: 40 }, () => (path: string) => path),
  (path) => path.replace(/\/(:\w+)$/, "('$1')"),
  (path) => path.replace(/\/(:\w+)$/, '($1)'),
  (path) => path.replace(/filterByCurrentUser\/(:\w+)/, "filterByCurrentUser(on='$1')"),
  (path) => `${path}/`,
  (path) => path.replaceAll('/', '//'),
  (path) => path.toUpperCase(),
  (path) => path.replace(/role/, '%72ole'),
  (path) => `${path}/$count`,
);

const header: fc.Arbitrary<readonly [string, string]> = fc.constantFrom<readonly [string, string]>(
  ['Accept', 'text/html'],
  ['Accept', '*/*;q=0, ,,;='],
  ['Accept-Encoding', 'gzip, br, x'],
  ['client-request-id', '5c2ad4ec-6cf0-4d7f-8b1f-7b9b5a5d1f11'],
  ['client-request-id', '%0d%0aSet-Cookie: a=b'],
  ['client-request-id', '\\r\\nX: y'],
  ['client-request-id', utf8('\u2028\u00e9')],
  ['client-request-id', 'x'.repeat(5_000)],
  ['client-request-id', ''],
  ['request-id', 'mine'],
  ['X-HTTP-Method-Override', 'DELETE'],
  ['X-Forwarded-Host', 'evil.example'],
  ['X-Original-URL', '/v1.0/users'],
  ['Content-Encoding', 'gzip'],
  ['Expect', 'nonsense'],
  ['Range', 'bytes=0-0'],
  ['If-Match', '*'],
  ['Prefer', 'odata.maxpagesize=-1'],
  ['OData-Version', 'x'],
  ['Cookie', 'a=b; __proto__=c'],
  ['Upgrade', 'h2c'],
  ['X-Huge', 'x'.repeat(20_000)],
  ['X-Huge', 'x'.repeat(40_000)],
  ['Host', 'other.example'],
  ['Transfer-Encoding', 'chunked'],
  ['Transfer-Encoding', 'x'],
  ['Content-Length', '1'],
  ['Authorization', 'Bearer x'],
);

const contentTypes = fc.oneof(
  { weight: 40, arbitrary: fc.constant('application/json') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      'text/plain',
      'application/xml',
      '///',
      'application/json; charset=utf-16',
      'APPLICATION/JSON;odata.metadata=full',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonx',
      utf8('\u00e9'),
    ),
  },
);

const otherMethods = ['HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE', 'PATCH', 'POST', 'GET', 'QUERY', 'SEARCH', 'FOO'];

/** GET has none, and what there is of it must not matter. */
const rareBody = fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.json() });

const filled = (path: string, ids: readonly string[]): string => {
  let next = 0;
  return path.replace(/:[a-zA-Z]+/g, () => ids[next++] ?? 'x');
};

/** Public, and in Graph's own paths nevertheless. */
const ofBothVersions = (path: string): boolean => path === '/' || path === '/$metadata';

/** What Graph does not have is under no version of it. */
const isOurs = (path: string): boolean => /^\/(?:openpim|scim)\//.test(path);

const requestTo = ({ method, path, isPublic: open }: (typeof routes)[number]): fc.Arbitrary<HostileRequest> => {
  const methods = fc.oneof(
    { weight: 30, arbitrary: fc.constant(method) },
    { weight: 1, arbitrary: fc.constantFrom(...otherMethods) },
  );
  const caller = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom<Caller>('ada', 'ada', 'erin') },
    { weight: 6, arbitrary: fc.constantFrom<Caller>(...callers) },
    { weight: 1, arbitrary: fc.constantFrom<Caller>(...badTokens) },
  );
  const fixed = path.split(/\/:\w+/).slice(0, -1);
  const changesSomething = method === 'POST' || method === 'PATCH' || method === 'PUT';
  return fc
    .record({
      method: methods,
      root: isOurs(path) || (open && !ofBothVersions(path)) ? fc.constant('') : roots,
      spell: spelt,
      ids: fc.tuple(...fixed.map(idBehind)),
      query: queryString,
      caller,
      headers: fc.oneof({ weight: 5, arbitrary: fc.constant([]) }, fc.array(header, { maxLength: 2 })),
      type: contentTypes,
      body: changesSomething ? fc.option(bodyFor(path), { freq: 20 }) : rareBody,
    })
    .map(({ root, spell, ids, query, type, headers, body, ...rest }) => ({
      ...rest,
      target: utf8(`${root}${filled(spell(path), ids)}${changesSomething ? '' : query}`),
      headers: body === null || type === '' ? headers : [['Content-Type', type] as const, ...headers],
      body,
    }));
};

/**
 * How often a route is asked: what changes something most, what takes something away (and so leaves less to ask about) not
 * as much.
 */
const weightOf = ({ method, path }: (typeof routes)[number]): number => {
  if (method === 'GET') return 2;
  return method === 'DELETE' || path.endsWith('/cancel') ? 3 : 10;
};

/** A request to some route; most of it right, some of it not. */
export const hostileRequest: fc.Arbitrary<HostileRequest> = fc.oneof(
  ...routes.map((route) => ({ weight: weightOf(route), arbitrary: requestTo(route) })),
);
