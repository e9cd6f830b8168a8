import 'reflect-metadata';
import { permissionTable } from '@pim/platform';
import { contexts } from '../src/compose';
import { entityTypesIn, isIn, schemasBehind } from './support/csdl';
import {
  activation,
  assignmentRequests,
  eligibilityInstances,
  id,
  role,
  TestServer,
  type Answer,
} from './support/server';

/** Query options over HTTP, where they need more than one part: look-ups, paging while data change, counting. */
describe('query options', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  const get = (path: string, who = 'ada'): Promise<Answer> => server.call(who, 'GET', path);
  const filtered = (set: string, filter: string) => get(`${set}?$filter=${encodeURIComponent(filter)}&$count=true`);
  const all = (answer: Answer, name: string) => answer.body.value?.map((row) => row[name]);
  const nextOf = ({ body }: Answer): string => String(body['@odata.nextLink']).replace(server.url, '');

  describe('filters through navigations', () => {
    it.each([
      ["principal/displayName eq 'erin brandt'", 4],
      ["startswith(principal/userPrincipalName,'erin@') and roleDefinition/displayName eq 'User Administrator'", 1],
      ['principal/isAssignableToRole eq true and not (roleDefinition/isBuiltIn ne true)', 1],
      ["roleDefinition/displayName in ('Nobody has this','nor this')", 0],
    ])('finds eligibilities by %s', async (filter, count) => {
      const { status, body } = await filtered(eligibilityInstances, filter);
      expect([status, body['@odata.count'], body.value?.length]).toEqual([200, count, count]);
    });

    it('says no of what it denies, and of everything else says yes', async () => {
      const [is, isNot, any] = await Promise.all([
        filtered(eligibilityInstances, "principal/displayName eq 'Erin Brandt'"),
        filtered(eligibilityInstances, "principal/displayName ne 'Erin Brandt'"),
        get(`${eligibilityInstances}?$count=true`),
      ]);
      expect(Number(is.body['@odata.count']) + Number(isNot.body['@odata.count'])).toBe(any.body['@odata.count']);
    });

    it('works on what is mine', async () => {
      const path = `${eligibilityInstances}/filterByCurrentUser(on='principal')?$filter=roleDefinition/displayName eq 'Helpdesk Administrator'`;
      expect((await get(path, 'grace')).body.value).toHaveLength(1);
    });
  });

  it('expands inside an expansion', async () => {
    await server.call('erin', 'POST', assignmentRequests, activation(id.erin, role.userAdministrator));
    const nested = 'activatedUsing($select=id;$expand=roleDefinition($select=displayName),principal($select=id))';
    const [own, asked] = await Promise.all([
      get(`roleManagement/directory/roleAssignmentSchedules?$filter=assignmentType eq 'Activated'&$expand=${nested}`),
      get(`${assignmentRequests}?$filter=action eq 'selfActivate'&$expand=${nested}`),
    ]);
    const eligibility = { roleDefinition: { displayName: 'User Administrator' }, principal: { id: id.erin } };
    expect(own.body.value).toMatchObject([{ activatedUsing: eligibility }]);
    expect(asked.body.value).toMatchObject([{ activatedUsing: eligibility }]);
    expect(own.body['@odata.context']).toContain(
      '#roleManagement/directory/roleAssignmentSchedules(activatedUsing(id,roleDefinition(displayName),principal(id)))',
    );
  });

  it('gives what is contained its own context, however deep', async () => {
    const policyId = all(
      await filtered('policies/roleManagementPolicyAssignments', "scopeId eq '/' and scopeType eq 'DirectoryRole'"),
      'policyId',
    )?.[0];
    const { body } = await get(
      `policies/roleManagementPolicyAssignments?$filter=policyId eq '${String(policyId)}'&$expand=policy($expand=rules($filter=id eq 'Approval_EndUser_Assignment';$select=id))`,
    );
    const [assignment] = body.value ?? [];
    const place = `policies/roleManagementPolicyAssignments('${String(assignment?.['id'])}')/policy/rules(id)`;
    expect(assignment?.['policy']).toMatchObject({
      'rules@odata.context': `${server.url}/v1.0/$metadata#${place}`,
      rules: [{ id: 'Approval_EndUser_Assignment' }],
    });
  });

  it('goes on behind the last one, whoever came and went meanwhile', async () => {
    const before = all(await get('users?$top=999&$orderby=displayName&$select=id'), 'id') ?? [];
    const first = await get('users?$top=3&$orderby=displayName&$select=id,displayName');
    const seen = all(first, 'id') ?? [];
    const last = String(seen[2]);
    for (const displayName of ['Aaaa', 'Zzzz'])
      await server.call('ada', 'POST', 'users', {
        accountEnabled: true,
        displayName,
        mailNickname: displayName,
        userPrincipalName: `${displayName}@contoso.example`,
        passwordProfile: { password: 'not used here' },
      });
    expect((await server.call('ada', 'DELETE', `users/${last}`)).status).toBe(204);
    const rest = await get(nextOf(first).replace('$top=3', '$top=999'));
    expect(rest.status).toBe(200);
    expect(all(rest, 'id')?.slice(0, -1)).toEqual(before.slice(3));
    expect(all(rest, 'displayName')?.at(-1)).toBe('Zzzz');
  });

  it('refuses a token that was changed, or that another order gave out', async () => {
    const next = nextOf(await get('users?$top=2&$orderby=displayName'));
    for (const path of [`${next}x`, next.replace('displayName', 'displayName desc')])
      expect((await get(path)).body.error?.message).toContain('@odata.nextLink');
  });

  it('makes pages as small as the client prefers, and says so', async () => {
    const headers = { authorization: `Bearer ${await server.token('ada')}`, prefer: 'odata.maxpagesize=3' };
    const answer = await server.raw('GET', 'users?$select=id', { headers });
    expect([answer.body.value?.length, answer.headers.get('preference-applied')]).toEqual([3, 'odata.maxpagesize=3']);
    expect(nextOf(answer)).toContain('$skiptoken=');
    const one = await server.raw('GET', `users/${id.ada}`, { headers });
    expect(one.headers.get('preference-applied')).toBeNull();
  });

  describe('/$count', () => {
    it.each([
      ['roleManagement/directory/roleDefinitions/$count', '138'],
      [`users/%24count?$filter=userPrincipalName eq 'ERIN@contoso.example'&$top=5`, '1'],
      [`groups/${id.helpdesk}/members/$count`, '2'],
      [`${eligibilityInstances}/filterByCurrentUser(on='principal')/$count`, '0'],
    ])('of %s is a number in text', async (path, count) => {
      const headers = { authorization: `Bearer ${await server.token('ada')}`, consistencylevel: 'eventual' };
      const answer = await fetch(`${server.url}/v1.0/${path}`, { headers });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
      expect(await answer.text()).toBe(count);
    });

    it('needs what the list needs, and a collection', async () => {
      expect((await get('auditLogs/directoryAudits/$count', 'erin')).status).toBe(403);
      const { status, body } = await get(`users/${id.ada}/$count`);
      expect([status, body.error?.code]).toEqual([400, 'BadRequest']);
      expect((await server.call('ada', 'DELETE', `users/${id.frank}/$count`)).status).toBe(404);
    });
  });

  describe('what is served, said to machines', () => {
    interface Operation {
      readonly operationId: string;
      readonly security: readonly Record<string, readonly string[]>[];
    }
    interface Document {
      readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
      readonly components: { readonly schemas: object; readonly responses: object };
    }
    const read = async (path: string): Promise<string> => (await fetch(`${server.url}/${path}`)).text();
    const openApi = async () => JSON.parse(await read('openapi.json')) as Document;
    const served = contexts.flatMap(({ sets }) => sets);

    it.each(['v1.0', 'beta'] as const)('has in $metadata of %s every property that is served', async (version) => {
      const answer = await fetch(`${server.url}/${version}/%24metadata`);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/xml']);
      const types = entityTypesIn(await answer.text());
      const missing = [...schemasBehind(served, version)].flatMap(({ name, properties, navigations = {} }) =>
        [...Object.keys(properties), ...Object.keys(navigations)]
          .filter((member) => !isIn(types, name, member))
          .map((member) => `${name}/${member}`),
      );
      expect(missing).toEqual([]);
    });

    it('has every route in the OpenAPI document, once, with what it needs', async () => {
      const { paths } = await openApi();
      const operations = Object.entries(paths).flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, one]) => ({ ...one, route: `${method.toUpperCase()} ${path}` })),
      );
      const plain = (route: string): string => route.replace(/\{[^}]+\}|:[^/]+/g, ':');
      const routes = new Set(operations.map(({ route }) => plain(route)));
      const table = permissionTable.filter(
        ({ route }) => !/^ANY |\/openpim|\/scim|\/health|\/metrics|openapi|asyncapi|\/schemas/.test(route),
      );
      const both = table.flatMap(({ route }) =>
        ['/v1.0', '/beta'].map((version) => plain(route.replace(' ', ` ${version}`).replace(/\/$/, ''))),
      );
      expect(both.filter((route) => !routes.has(route) && !routes.has(route.replace('/v1.0', '/beta')))).toEqual([]);
      expect(new Set(operations.map(({ operationId }) => operationId.toLowerCase())).size).toBe(operations.length);
      const users = operations.find(({ route }) => route === 'GET /v1.0/users');
      expect(users?.security).toContainEqual({ bearer: ['User.Read.All'] });
      expect(await openApi()).toEqual(await openApi());
    });

    it('describes the events on Kafka, with every schema that the description refers to', async () => {
      const answer = await fetch(`${server.url}/asyncapi.yaml`);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/yaml']);
      const files = [...(await answer.text()).matchAll(/'(\.\/schemas\/[^']+)'/g)].map(([, file]) => String(file));
      const schemas = await Promise.all(files.map((file) => fetch(new URL(file, answer.url))));
      expect(schemas.map(({ status }) => status)).toEqual(files.map(() => 200));
      const titles = await Promise.all(
        schemas.map(async (schema) => ((await schema.json()) as { title: string }).title),
      );
      expect(titles.map((title) => `./schemas/${title}.json`)).toEqual(files);
      expect(files.length).toBeGreaterThan(50);
      for (const absent of ['Nothing.v1.json', '..%2Fasyncapi.yaml', '__proto__'])
        expect((await fetch(`${server.url}/schemas/${absent}`)).status).toBe(404);
    });

    it('refers to nothing that is not there', async () => {
      const text = await read('openapi.json');
      const { components } = JSON.parse(text) as Document;
      const there = new Set(
        Object.entries(components).flatMap(([kind, of]) => Object.keys(of as object).map((name) => `${kind}/${name}`)),
      );
      const named = [...text.matchAll(/"#\/components\/([^"]+)"/g)].map(([, name]) => String(name));
      expect(named.filter((name) => !there.has(name))).toEqual([]);
    });

    it('knows every collection that a route lists', async () => {
      const { paths } = await openApi();
      const lists = Object.keys(paths)
        .filter((path) => /^\/(v1\.0|beta)\/[^{$]+$/.test(path) && paths[path]?.['get'])
        .map((path) => path.replace(/^\/(v1\.0|beta)\//, ''));
      const known = new Set(served.map(({ path }) => path));
      const isNavigation = (path: string): boolean => known.has(path.slice(0, path.lastIndexOf('/')));
      expect(lists.filter((path) => !known.has(path) && !isNavigation(path))).toEqual([]);
      const root = JSON.parse(await read('v1.0')) as Answer['body'];
      expect(root['@odata.context']).toBe(`${server.url}/v1.0/$metadata`);
      expect(root.value).toContainEqual({ name: 'users', kind: 'EntitySet', url: 'users' });
    });
  });
});
