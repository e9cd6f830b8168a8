import 'reflect-metadata';
import { activation, assignmentRequests, eligibilityInstances, id, role, TestServer } from './support/server';

/** What clients read, in the forms in which they ask for it. */
describe('reading', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  const names = (value: readonly Record<string, unknown>[] | undefined, name: string) => value?.map((row) => row[name]);

  it.each(["memberType eq 'Group'", `principalId eq '${id.grace}'`])(
    'finds what a group of mine has by what I am shown of it: %s',
    async (filter) => {
      const path = `${eligibilityInstances}/filterByCurrentUser(on='principal')?$filter=${filter}&$expand=principal&$count=true`;
      const { body } = await server.call('grace', 'GET', path);
      expect(body).toMatchObject({ '@odata.count': 1 });
      expect(body.value).toMatchObject([
        { memberType: 'Group', principal: { userPrincipalName: 'grace@contoso.example' } },
      ]);
    },
  );

  it.each([
    "initiatedBy/user/userPrincipalName eq 'ERIN@contoso.example'",
    "startswith(initiatedBy/user/displayName,'Erin')",
    "initiatedBy/user/displayName eq 'Erin Brandt' and result eq 'success'",
    "targetResources/any(t:t/displayName eq 'User Administrator') and initiatedBy/user/id eq 'a0000000-0000-4000-8000-000000000004'",
  ])('finds an audit record by the name of who did it, or of what it was done to: %s', async (filter) => {
    await server.call('erin', 'POST', assignmentRequests, activation(id.erin, role.userAdministrator));
    const { body } = await server.call('sam', 'GET', `auditLogs/directoryAudits?$filter=${encodeURIComponent(filter)}`);
    expect(names(body.value, 'activityDisplayName')).toContain('Add member to role requested (PIM activation)');
  });

  it('finds nothing by a name that nobody has', async () => {
    const filter = encodeURIComponent("initiatedBy/user/displayName eq 'Nobody'");
    expect((await server.call('sam', 'GET', `auditLogs/directoryAudits?$filter=${filter}`)).body.value).toEqual([]);
  });

  it('pages through a list without gaps or repetitions', async () => {
    const seen: unknown[] = [];
    let next: string | undefined =
      '/v1.0/roleManagement/directory/roleDefinitions?$top=50&$orderby=displayName&$select=id';
    for (; next; next = next?.replace(server.url, '')) {
      const { body }: { body: Record<string, unknown> & { value?: readonly Record<string, unknown>[] } } =
        await server.call('sam', 'GET', next);
      seen.push(...(names(body.value, 'id') ?? []));
      next = body['@odata.nextLink'] as string | undefined;
      if (!next) break;
    }
    expect(seen).toHaveLength(138);
    expect(new Set(seen).size).toBe(138);
  });

  it.each([
    `roleManagement/directory/roleDefinitions('${role.userAdministrator}')`,
    `roleManagement/directory/roleDefinitions/${role.userAdministrator}/`,
    `roleManagement/directory/roleDefinitions(%27${role.userAdministrator}%27)`,
  ])('takes the key in any form: %s', async (path) => {
    expect((await server.call('sam', 'GET', path)).body['displayName']).toBe('User Administrator');
  });

  it.each(['(on=%27principal%27)', '(on=principal)', '%28on%3D%27principal%27%29', "(on='Principal')"])(
    'takes the function argument in any form: %s',
    async (argument) => {
      const { status, body } = await server.call(
        'erin',
        'GET',
        `${eligibilityInstances}/filterByCurrentUser${argument}`,
      );
      expect([status, body.value?.length]).toEqual([200, 4]);
    },
  );

  it('resolves names in filters in any case, and answers in the documented one', async () => {
    const path = `${eligibilityInstances}?$filter=PrincipalId eq '${id.erin}' and membertype eq 'direct'&$select=memberType&$top=1`;
    expect((await server.call('sam', 'GET', path)).body.value).toEqual([{ memberType: 'Direct' }]);
  });
});
