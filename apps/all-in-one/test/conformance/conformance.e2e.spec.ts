import 'reflect-metadata';
import { isPublic, openHttp, permissionTable, type HttpRules } from '@pim/platform';
import { TestServer } from '../support/server';
import { Asker } from './asker';
import { chapters } from './chapters';
import { judge } from './row-judge';

const limitedTo = (audit: number): HttpRules => ({ ...openHttp, limits: { ...openHttp.limits, audit } });

/** Every documented endpoint and behaviour, one row each. `docs/graph-compatibility.md` is written from the same rows. */
describe.each(chapters)('conformance: $title', ({ rows, auditLimit = 0 }) => {
  let asker: Asker;
  beforeAll(async () => {
    asker = new Asker(await TestServer.start(undefined, undefined, undefined, { http: limitedTo(auditLimit) }));
  });
  afterAll(() => asker.server.stop());

  it.each(rows.map((row) => [`§${row.section} ${row.ask}: ${row.says}`, row] as const))('%s', (_, row) =>
    judge(asker, row),
  );
});

describe('the conformance table', () => {
  /** Method and path of a request without version and query, keys and functions as they are routed. */
  const routed = (ask: string): string =>
    ask
      .replace(/ \/(?:v1\.0|beta)\//, ' ')
      .replace(/\?.*$/s, '')
      .replace(/\/$/, '')
      .replace(/\((?:on=)?'?([^')]*)'?\)$/, '/$1')
      .replace(/ /, ' /');

  const asked = chapters.flatMap(({ rows }) => rows.map(({ ask }) => routed(ask)));
  const served = permissionTable
    .filter((row) => !isPublic(row) && !/ \/(?:openpim|scim)\//.test(row.route))
    .map(({ route }) => route);

  it.each(served)('has a row for %s', (route) => {
    const pattern = new RegExp(`^${route.replaceAll('$', '\\$').replace(/:\w+/g, '[^/]+')}$`);
    expect(asked.filter((one) => pattern.test(one))).not.toEqual([]);
  });
});
