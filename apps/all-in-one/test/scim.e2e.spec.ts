import 'reflect-metadata';
import { readLog, typesOf } from './support/log';
import {
  activation,
  assignmentInstances,
  assignmentRequests,
  id,
  role,
  TestServer,
  type Answer,
} from './support/server';

const token = 'scim-token-of-this-installation-0123456789';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User';
const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

const patch = (...Operations: readonly object[]): object => ({ schemas: [patchOp], Operations });

describe('SCIM', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start(undefined, undefined, undefined, { scim: { token, isForPrivileged: false } });
  });
  afterAll(() => server.stop());

  const ask = (method: string, path: string, body?: object, bearer = token): Promise<Answer> =>
    server.raw(method, `/scim/v2/${path}`, {
      headers: {
        authorization: `Bearer ${bearer}`,
        ...(body === undefined ? {} : { 'content-type': 'application/scim+json; charset=utf-8' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const asAda = async (method: string, path: string, body?: object): Promise<Answer> =>
    ask(method, path, body, await server.token('ada'));
  const resources = ({ body }: Answer) => body['Resources'] as readonly Record<string, unknown>[];
  const filter = (text: string): string => `filter=${encodeURIComponent(text)}`;

  /** In the order and the words of Microsoft's documentation of its provisioning service. */
  it('takes people and groups as Entra ID provisions them', async () => {
    const objectId = '5d48a0a8-e9aa-4008-b3d9-1f9eb2e1c9f1';
    const nobody = await ask('GET', `Users?${filter('userName eq "3e4d2c71-test-connection"')}`);
    expect([nobody.status, nobody.body['totalResults'], resources(nobody)]).toEqual([200, 0, []]);
    expect(nobody.headers.get('content-type')).toContain('application/scim+json');

    const created = await ask('POST', 'Users', {
      schemas: [userSchema, enterprise],
      externalId: objectId.toUpperCase(),
      userName: 'Test_User_ab6490ee@contoso.example',
      active: true,
      displayName: 'Provisioned',
      emails: [{ primary: true, type: 'work', value: 'test@contoso.example' }],
      meta: { resourceType: 'User' },
      name: { formatted: 'givenName familyName', familyName: 'familyName', givenName: 'givenName' },
      roles: [],
    });
    expect(created.status).toBe(201);
    // Tokens of Entra ID name people by their object id, so that is who they are here.
    expect(created.body['id']).toBe(objectId);
    expect(created.headers.get('location')).toMatch(new RegExp(`/scim/v2/Users/${objectId}$`));
    const again = await ask('POST', 'Users', { userName: 'test_user_AB6490EE@contoso.example' });
    expect([again.status, again.body]).toEqual([
      409,
      {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
        status: '409',
        scimType: 'uniqueness',
        detail: 'There is a user with this userName already.',
      },
    ]);

    const found = await ask('GET', `Users?${filter('userName eq "test_user_ab6490ee@contoso.example"')}`);
    expect(resources(found)).toMatchObject([{ id: objectId, active: true }]);
    const changed = await ask(
      'PATCH',
      `Users/${objectId}`,
      patch(
        { op: 'Replace', path: 'emails[type eq "work"].value', value: 'updated@contoso.example' },
        { op: 'Replace', path: 'name.familyName', value: 'updatedFamilyName' },
        { op: 'Add', path: `${enterprise}:department`, value: 'Operations' },
      ),
    );
    expect(changed.body).toMatchObject({
      emails: [{ value: 'updated@contoso.example' }],
      name: { familyName: 'updatedFamilyName' },
      [enterprise]: { department: 'Operations' },
      displayName: 'Provisioned',
    });

    const group = await ask('POST', 'Groups', { displayName: 'Provisioned team', externalId: 'g-1', members: [] });
    expect(group.status).toBe(201);
    const groupId = String(group.body['id']);
    const noMembers = `Groups?excludedAttributes=members&${filter('displayName eq "Provisioned team"')}`;
    expect(resources(await ask('GET', noMembers))).toEqual([
      expect.not.objectContaining({ members: expect.anything() }),
    ]);
    const member = { op: 'Add', path: 'members', value: [{ value: objectId }] };
    expect((await ask('PATCH', `Groups/${groupId}`, patch(member))).status).toBe(200);
    const inIt = await ask('GET', `Groups?${filter(`id eq "${groupId}" and members eq "${objectId}"`)}`);
    expect(resources(inIt)).toMatchObject([{ members: [{ value: objectId, type: 'User' }] }]);
    expect((await ask('GET', `Users/${objectId}`)).body['groups']).toMatchObject([{ value: groupId }]);
    await ask('PATCH', `Groups/${groupId}`, patch({ op: 'Remove', path: 'members', value: [{ value: objectId }] }));
    expect((await ask('GET', `Groups/${groupId}`)).body['members']).toEqual([]);
    expect((await ask('DELETE', `Groups/${groupId}`)).status).toBe(204);

    const off = await ask('PATCH', `Users/${objectId}`, patch({ op: 'Replace', path: 'active', value: 'False' }));
    expect([off.status, off.body['active']]).toEqual([200, false]);
    expect((await ask('DELETE', `Users/${objectId}`)).status).toBe(204);
    expect((await ask('GET', `Users/${objectId}`)).status).toBe(404);
    expect((await ask('DELETE', `Users/${objectId}`)).status).toBe(404);
  });

  it('takes people as Okta provisions them, and as those who send the whole resource do', async () => {
    const userName = 'okta.user@contoso.example';
    const page = await ask('GET', `Users?${filter(`userName eq "${userName}"`)}&startIndex=1&count=100`);
    expect(page.body).toMatchObject({ totalResults: 0, startIndex: 1, itemsPerPage: 0 });
    const whole = {
      schemas: [userSchema],
      userName,
      name: { givenName: 'Okta', familyName: 'User' },
      emails: [{ primary: true, value: userName, type: 'work' }],
      displayName: 'Okta User',
      locale: 'en-US',
      externalId: '00ujl29u0le5T6Aj10h7',
      groups: [],
      password: '1mz050nq',
      active: true,
    };
    const created = await ask('POST', 'Users', whole);
    expect([created.status, created.body['password']]).toEqual([201, undefined]);
    const path = `Users/${String(created.body['id'])}`;
    const replaced = await ask('PUT', path, { ...whole, displayName: 'Renamed', emails: undefined });
    expect(replaced.body).toMatchObject({ displayName: 'Renamed', externalId: whole.externalId, active: true });
    expect(replaced.body['emails']).toBeUndefined();
    await ask('PATCH', path, patch({ op: 'replace', value: { active: false } }));
    const silent = await ask('PUT', path, { ...whole, active: undefined });
    expect(silent.body['active']).toBe(false);
    const log = await readLog(server.ports.eventStore);
    expect(JSON.stringify(log.map(({ data }) => data))).not.toContain(whole.password);
  });

  it('takes the enterprise user of RFC 7643 §8.3', async () => {
    const bjensen = {
      schemas: [userSchema, enterprise],
      id: '2819c223-7f76-453a-919d-413861904646',
      externalId: '701984',
      userName: 'bjensen@example.com',
      name: {
        formatted: 'Ms. Barbara J Jensen, III',
        familyName: 'Jensen',
        givenName: 'Barbara',
        middleName: 'Jane',
        honorificPrefix: 'Ms.',
        honorificSuffix: 'III',
      },
      displayName: 'Babs Jensen',
      nickName: 'Babs',
      profileUrl: 'https://login.example.com/bjensen',
      emails: [
        { value: 'bjensen@example.com', type: 'work', primary: true },
        { value: 'babs@jensen.org', type: 'home' },
      ],
      addresses: [{ streetAddress: '100 Universal City Plaza', locality: 'Hollywood', type: 'work', primary: true }],
      phoneNumbers: [
        { value: '555-555-5555', type: 'work' },
        { value: '555-555-4444', type: 'mobile' },
      ],
      ims: [{ value: 'someaimhandle', type: 'aim' }],
      photos: [{ value: 'https://photos.example.com/profilephoto/72930000000Ccne/F', type: 'photo' }],
      userType: 'Employee',
      title: 'Tour Guide',
      preferredLanguage: 'en-US',
      locale: 'en-US',
      timezone: 'America/Los_Angeles',
      active: true,
      password: 't1meMa$heen',
      groups: [{ value: 'e9e30dba-f08f-4109-8486-d5c6a331660a', display: 'Tour Guides' }],
      [enterprise]: {
        employeeNumber: '701984',
        costCenter: '4130',
        organization: 'Universal Studios',
        division: 'Theme Park',
        department: 'Tour Operations',
        manager: { value: '26118915-6090-4610-87e4-49d8ca9f808d', displayName: 'John Smith' },
      },
      meta: { resourceType: 'User', version: 'W/"3694e05e9dff591"' },
    };
    const { status, body } = await ask('POST', 'Users', bjensen);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      externalId: bjensen.externalId,
      userName: bjensen.userName,
      name: { familyName: 'Jensen', givenName: 'Barbara' },
      displayName: bjensen.displayName,
      emails: [bjensen.emails[0]],
      phoneNumbers: bjensen.phoneNumbers,
      userType: 'Employee',
      title: 'Tour Guide',
      preferredLanguage: 'en-US',
      [enterprise]: { employeeNumber: '701984', organization: 'Universal Studios', department: 'Tour Operations' },
    });
    // Its id and its groups are the server's to say (RFC 7643 §3.1, §4.1.2).
    expect(body['id']).not.toBe(bjensen.id);
    expect(body['groups']).toBeUndefined();
  });

  it('takes managers: as Entra ID sends them, by name, never in a circle, and nobody for one who is not here', async () => {
    const make = async (name: string, manager?: unknown) => {
      const userName = `${name}@contoso.example`;
      const answer = await ask('POST', 'Users', { userName, displayName: name, [enterprise]: { manager } });
      return String(answer.body['id']);
    };
    const managerOf = ({ body }: Answer): unknown =>
      (body[enterprise] as Record<string, unknown> | undefined)?.['manager'];
    const boss = await make('scim.boss');
    const report = await make('scim.report', { value: boss });
    const found = await ask('GET', `Users?attributes=id&${filter(`id eq "${report}" and manager eq "${boss}"`)}`);
    expect(resources(found)).toMatchObject([{ id: report }]);
    const shown = await ask('GET', `Users/${report}?attributes=${enterprise}:manager`);
    const $ref = expect.stringMatching(new RegExp(`/scim/v2/Users/${boss}$`));
    expect(managerOf(shown)).toEqual({ value: boss, $ref, displayName: 'scim.boss' });
    expect(resources(await ask('GET', `Users?${filter(`${enterprise}:manager eq "${boss}"`)}`))).toHaveLength(1);

    const replace = (who: string, value: unknown) =>
      ask('PATCH', `Users/${who}`, patch({ op: 'Replace', path: `${enterprise}:manager`, value }));
    const circle = await ask('PATCH', `Users/${boss}`, {
      ...patch(
        { op: 'Add', path: `${enterprise}:manager`, value: report },
        { op: 'replace', path: 'active', value: false },
      ),
    });
    expect([circle.status, circle.body['detail']]).toEqual([400, expect.stringContaining('reports to the user')]);
    expect((await ask('GET', `Users/${boss}`)).body['active']).toBe(true);
    expect(managerOf(await replace(report, 'Scim.Boss@contoso.example'))).toMatchObject({ value: boss });
    // Nobody is held up by a manager who comes later or left before: least of all whoever is to be switched off.
    const left = patch(
      { op: 'Replace', path: `${enterprise}:manager`, value: '26118915-6090-4610-87e4-49d8ca9f808d' },
      { op: 'Replace', path: 'active', value: 'False' },
    );
    const off = await ask('PATCH', `Users/${report}`, left);
    expect([off.status, off.body['active'], managerOf(off)]).toEqual([200, false, undefined]);
    await replace(report, boss);
    expect((await ask('DELETE', `Users/${boss}`)).status).toBe(204);
    expect(managerOf(await ask('GET', `Users/${report}`))).toBeUndefined();
  });

  it('ends what somebody holds when they are switched off', async () => {
    await server.call('erin', 'POST', assignmentRequests, activation(id.erin, role.userAdministrator));
    const held = `${assignmentInstances}?$filter=principalId eq '${id.erin}'`;
    expect((await server.call('ada', 'GET', held)).body.value).toHaveLength(1);
    expect(
      (await asAda('PATCH', `Users/${id.erin}`, patch({ op: 'replace', path: 'active', value: false }))).status,
    ).toBe(200);
    expect((await server.call('ada', 'GET', held)).body.value).toEqual([]);
  });

  it('leaves the last administrator where they are', async () => {
    const off = patch({ op: 'replace', value: { active: false } });
    const refused = await asAda('PATCH', `Users/${id.paul}`, off);
    expect([refused.status, refused.body['detail']]).toEqual([400, expect.stringMatching(/last|administrator/i)]);
    expect((await asAda('DELETE', `Users/${id.paul}`)).status).toBe(400);
    expect((await asAda('GET', `Users/${id.paul}`)).body['active']).toBe(true);
  });

  it('has a token of its own that opens nothing else, and no privileged accounts', async () => {
    const bearer = { headers: { authorization: `Bearer ${token}` } };
    expect((await server.raw('GET', 'users', bearer)).status).toBe(403);
    const role = { displayName: 'x', rolePermissions: [] };
    const post = {
      ...bearer,
      headers: { ...bearer.headers, 'content-type': 'application/json' },
      body: JSON.stringify(role),
    };
    expect((await server.raw('POST', 'roleManagement/directory/roleDefinitions', post)).status).toBe(403);
    expect((await ask('GET', 'Users', undefined, `${token}x`)).status).toBe(401);
    const head = await server.ports.eventStore.head();
    for (const [method, path, body] of [
      ['PATCH', `Users/${id.ada}`, patch({ op: 'replace', value: { active: false } })],
      ['PUT', `Users/${id.ada}`, { userName: 'mallory@contoso.example' }],
      ['DELETE', `Users/${id.ada}`, undefined],
    ] as const)
      expect((await ask(method, path, body)).status).toBe(403);
    expect(await server.ports.eventStore.head()).toBe(head);
  });

  it('puts nobody into a group that may hold roles', async () => {
    const group = {
      displayName: 'Holds roles',
      mailEnabled: false,
      mailNickname: 'holds',
      securityEnabled: true,
      isAssignableToRole: true,
    };
    const { body } = await server.call('ada', 'POST', 'groups', group);
    const path = `Groups/${String(body['id'])}`;
    const head = await server.ports.eventStore.head();
    const add = patch({ op: 'add', path: 'members', value: [{ value: id.heidi }] });
    expect((await ask('PATCH', path, add)).status).toBe(403);
    expect((await ask('PUT', path, { displayName: 'Mine', members: [{ value: id.heidi }] })).status).toBe(403);
    expect((await ask('DELETE', path)).status).toBe(403);
    expect(await server.ports.eventStore.head()).toBe(head);
    expect((await asAda('PATCH', path, add)).status).toBe(200);
    expect(typesOf(await readLog(server.ports.eventStore), `principal-${String(body['id'])}`)).toContain(
      'GroupMemberAdded',
    );
  });

  it.each<[string, string, object, string | undefined]>([
    ['POST', 'Users', {}, 'invalidValue'],
    ['POST', 'Users', { userName: 'nobody' }, 'invalidValue'],
    ['POST', 'Users', { userName: 'a@b', active: 'perhaps' }, 'invalidValue'],
    ['POST', 'Users', { userName: 'a@b', emails: 'x' }, 'invalidValue'],
    ['POST', 'Groups', { displayName: 'x', members: [{}] }, 'invalidValue'],
    ['POST', 'Groups', { displayName: 'x', members: [{ value: '5d48a0a8-0000-4008-b3d9-1f9eb2e1c9f1' }] }, undefined],
    ['PATCH', `Users/${id.heidi}`, {}, 'invalidSyntax'],
    ['PATCH', `Users/${id.heidi}`, patch({ op: 'Replace', path: 'userName', value: 'ada@contoso.example' }), undefined],
    ['PATCH', `Users/${id.heidi}`, patch({ op: 'jump', path: 'title' }), 'invalidSyntax'],
    ['POST', 'Users/.search', { filter: 'title is "x"' }, 'invalidFilter'],
  ])('changes nothing for %s %s %j', async (method, path, body, scimType) => {
    const head = await server.ports.eventStore.head();
    const refused = await ask(method, path, body);
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(refused.status).toBeLessThan(500);
    expect(refused.body).toMatchObject({ status: String(refused.status), ...(scimType ? { scimType } : {}) });
    expect(await server.ports.eventStore.head()).toBe(head);
  });

  it('pages and searches', async () => {
    const first = await ask('GET', 'Users?count=2&attributes=userName');
    const second = await ask('POST', 'Users/.search', { startIndex: 3, count: 2, attributes: ['userName'] });
    expect(first.body).toMatchObject({ startIndex: 1, itemsPerPage: 2, totalResults: second.body['totalResults'] });
    expect(new Set([...resources(first), ...resources(second)].map((one) => one['id'])).size).toBe(4);
    expect((await ask('GET', 'Users?count=0')).body).toMatchObject({ itemsPerPage: 0, Resources: [] });
  });

  it('says what it serves to whoever asks', async () => {
    const open = async (path: string) => (await server.raw('GET', `/scim/v2/${path}`)).body;
    expect(await open('ServiceProviderConfig')).toMatchObject({
      patch: { supported: true },
      bulk: { supported: false },
    });
    expect(await open('ResourceTypes/User')).toMatchObject({ endpoint: '/Users', schema: userSchema });
    const schemas = (await open('Schemas'))['Resources'] as readonly { readonly id: string }[];
    for (const { id: name } of schemas) expect(await open(`Schemas/${name}`)).toMatchObject({ id: name });
    expect((await server.raw('GET', '/scim/v2/Schemas/x')).status).toBe(404);
  });
});
