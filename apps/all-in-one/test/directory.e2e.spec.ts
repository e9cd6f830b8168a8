import 'reflect-metadata';
import { principals, type DirectoryObject } from '@pim/platform';
import { operator, uuid } from './support/commands';
import { Gate } from './support/gate';
import { readLog, typesOf } from './support/log';
import {
  activation,
  assignment,
  assignmentInstances,
  assignmentRequests,
  eligibilityInstances,
  eligibilityRequests,
  id,
  role,
  TestServer,
  type Answer,
} from './support/server';

const newUser = (name: string, more: object = {}): object => ({
  accountEnabled: true,
  displayName: `The ${name}`,
  mailNickname: name,
  userPrincipalName: `${name}@contoso.example`,
  passwordProfile: { password: 'kept-by-nobody', forceChangePasswordNextSignIn: true },
  ...more,
});

const newGroup = (name: string, more: object = {}): object => ({
  displayName: name,
  mailEnabled: false,
  mailNickname: name,
  securityEnabled: true,
  ...more,
});

const ref = (objectId: string): object => ({
  '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${objectId}`,
});

const refused = ({ status, body }: Answer): readonly [number, string | undefined] => [status, body.error?.code];

const idsOf = ({ body }: Answer): unknown[] => body.value?.map((one) => one['id']) ?? [];

describe('the directory', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  const ada = (method: string, path: string, body?: unknown) => server.call('ada', method, path, body);
  const create = async (set: string, body: object): Promise<string> => {
    const { status, body: made } = await ada('POST', set, body);
    expect([status, made.error]).toEqual([201, undefined]);
    return made['id'] as string;
  };

  it('keeps people: created, found by either name, changed, unique, deleted, never there again', async () => {
    const user = await create('users', newUser('nina', { jobTitle: 'Operator' }));
    expect((await ada('GET', 'users/NINA@contoso.example')).body).toMatchObject({
      id: user,
      jobTitle: 'Operator',
      department: null,
      '@odata.context': expect.stringMatching(/\/v1\.0\/\$metadata#users\/\$entity$/),
    });
    expect(refused(await ada('POST', 'users', newUser('Nina')))).toEqual([400, 'Request_BadRequest']);
    const change = { userPrincipalName: 'nina.b@contoso.example', jobTitle: null, department: 'Operations' };
    expect((await ada('PATCH', `users/${user}`, change)).status).toBe(204);
    expect((await ada('GET', 'users/nina.b@contoso.example')).body).toMatchObject({ id: user, ...change });
    expect((await ada('GET', 'users/nina@contoso.example')).status).toBe(404);
    expect((await ada('DELETE', 'users/nina.b@contoso.example')).status).toBe(204);
    expect(refused(await ada('GET', `users/${user}`))[0]).toBe(404);
    expect(refused(await ada('DELETE', `users/${user}`))).toEqual([404, 'Request_ResourceNotFound']);
    const log = await readLog(server.ports.eventStore);
    expect(JSON.stringify(log.map(({ data }) => data))).not.toContain('kept-by-nobody');
    const { body } = await ada('GET', `auditLogs/directoryAudits?$filter=activityDisplayName eq 'Delete user'`);
    expect(body.value?.[0]?.['targetResources']).toMatchObject([{ id: user, displayName: 'The nina', type: 'User' }]);
  });

  it('gives a name once, however many ask for it in one moment', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => ada('POST', 'users', newUser('many'))));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 400, 400, 400, 400]);
  });

  it('refuses a change that is half right as a whole', async () => {
    const user = await create('users', newUser('otto'));
    const change = { accountEnabled: false, userPrincipalName: 'erin@contoso.example' };
    expect(refused(await ada('PATCH', `users/${user}`, change))).toEqual([400, 'Request_BadRequest']);
    expect((await ada('GET', `users/${user}`)).body['accountEnabled']).toBe(true);
  });

  it('keeps groups: members and owners by reference, nested, each once, the last owner stays', async () => {
    const inner = await create('groups', newGroup('inner', { 'members@odata.bind': [refUrl(id.erin)] }));
    const outer = await create('groups', newGroup('outer', { 'owners@odata.bind': [refUrl(id.bob)] }));
    expect((await ada('POST', `groups/${outer}/members/$ref`, ref(inner))).status).toBe(204);
    expect(refused(await ada('POST', `groups/${outer}/members/$ref`, ref(inner)))).toEqual([400, 'Request_BadRequest']);
    // The owner manages their group without any role; nobody else does.
    expect((await server.call('bob', 'POST', `groups/${outer}/members/$ref`, ref(id.frank))).status).toBe(204);
    expect(refused(await server.call('frank', 'POST', `groups/${outer}/members/$ref`, ref(id.alice)))).toEqual([
      403,
      'Authorization_RequestDenied',
    ]);
    expect(idsOf(await ada('GET', `groups/${outer}/members`)).sort()).toEqual([id.frank, inner].sort());
    expect(idsOf(await ada('GET', `groups/${outer}/members/microsoft.graph.user`))).toEqual([id.frank]);
    expect(idsOf(await ada('GET', `groups/${outer}/transitiveMembers`)).sort()).toEqual(
      [id.erin, id.frank, inner].sort(),
    );
    expect(idsOf(await ada('GET', `users/${id.erin}/transitiveMemberOf/microsoft.graph.group`)).sort()).toEqual(
      [inner, outer].sort(),
    );
    expect(idsOf(await ada('GET', `users/${id.erin}/memberOf`))).toEqual([inner]);
    const { body } = await ada('GET', `groups/${outer}?$expand=owners($select=id,displayName)`);
    expect(body['owners']).toEqual([{ '@odata.type': '#microsoft.graph.user', id: id.bob, displayName: 'Bob Novak' }]);
    const remove = (path: string) => ada('DELETE', `groups/${outer}/${path}/$ref`);
    expect(refused(await remove(`owners/${id.bob}`))).toEqual([400, 'Request_BadRequest']);
    expect((await remove(`members/${id.frank}`)).status).toBe(204);
    expect(refused(await remove(`members/${id.frank}`))).toEqual([404, 'Request_ResourceNotFound']);
    expect((await ada('DELETE', `groups/${inner}`)).status).toBe(204);
    expect(idsOf(await ada('GET', `groups/${outer}/members`))).toEqual([]);
  });

  it('keeps who manages whom: in no circle, changed by whoever may change the person, nobody once deleted', async () => {
    const boss = await create('users', newUser('boss'));
    const report = await create('users', newUser('report'));
    const other = await create('users', newUser('other'));
    const manager = (user: string): string => `users/${user}/manager`;
    const manage = (user: string, by: string, as = 'ada') => server.call(as, 'PUT', `${manager(user)}/$ref`, ref(by));
    expect((await manage(report, boss)).status).toBe(204);
    expect((await manage(boss, other)).status).toBe(204);
    expect(refused(await manage(other, report))).toEqual([400, 'Request_BadRequest']);
    // Whoever wins: both at once would be a circle.
    await ada('DELETE', `${manager(boss)}/$ref`);
    const both = await Promise.all([manage(boss, other), manage(other, report)]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 400]);

    const { body } = await ada('GET', `users/${report}?$select=id&$expand=manager($select=displayName)`);
    expect(body['manager']).toEqual({ '@odata.type': '#microsoft.graph.user', displayName: 'The boss' });
    expect(idsOf(await ada('GET', `users/${boss}/directReports`))).toEqual([report]);
    const basic = await server.token('ada', { scopes: ['User.ReadBasic.All'] });
    for (const path of [manager(report), `users/${report}?$expand=manager`])
      expect(refused(await server.call(basic, 'GET', path))).toEqual([403, 'PermissionScopeNotGranted']);

    // Erin may activate privileged roles: who would approve for her is no matter for a User Administrator.
    await server.call('paul', 'POST', assignmentRequests, assignment('adminAssign', id.heidi, role.userAdministrator));
    expect(refused(await manage(id.erin, report, 'heidi'))).toEqual([403, 'Authorization_RequestDenied']);
    expect((await manage(report, id.heidi, 'heidi')).status).toBe(204);
    expect((await manage(report, boss, 'heidi')).status).toBe(204);
    // Nor who would approve for her as the manager of her manager, or further up; and the same of Heidi's own.
    expect((await manage(id.erin, report)).status).toBe(204);
    const privileged = [403, 'Authorization_RequestDenied'];
    for (const above of [report, boss]) expect(refused(await manage(above, id.heidi, 'heidi'))).toEqual(privileged);
    expect(refused(await server.call('heidi', 'DELETE', `${manager(report)}/$ref`))).toEqual(privileged);
    const lead = await create('users', newUser('lead'));
    expect((await manage(id.heidi, lead)).status).toBe(204);
    for (const own of [id.heidi, lead]) expect(refused(await manage(own, id.bob, 'heidi'))).toEqual(privileged);
    expect((await manage(lead, id.bob)).status).toBe(204);

    expect((await ada('DELETE', `users/${boss}`)).status).toBe(204);
    expect(refused(await ada('GET', manager(report)))).toEqual([404, 'Request_ResourceNotFound']);
    expect((await ada('GET', `users/${report}?$expand=manager`)).body['manager']).toBeNull();
    expect((await ada('DELETE', `${manager(report)}/$ref`)).status).toBe(204);
    expect(refused(await ada('DELETE', `${manager(report)}/$ref`))).toEqual([404, 'Request_ResourceNotFound']);
  });

  it('lets only who manages roles touch a group that may hold them, and never nests one', async () => {
    await server.call('paul', 'POST', assignmentRequests, assignment('adminAssign', id.alice, role.userAdministrator));
    const body = newGroup('powers', { isAssignableToRole: true });
    expect(refused(await server.call('alice', 'POST', 'groups', body))).toEqual([403, 'Authorization_RequestDenied']);
    const narrow = await server.token('ada', { scopes: ['Group.ReadWrite.All'] });
    expect(refused(await server.call(narrow, 'POST', 'groups', body))).toEqual([403, 'PermissionScopeNotGranted']);
    const powers = await create('groups', body);
    const plain = await create('groups', newGroup('plain'));
    for (const [method, path, sent] of [
      ['POST', 'members/$ref', ref(id.alice)],
      ['POST', 'owners/$ref', ref(id.alice)],
      ['PATCH', '', { 'members@odata.bind': [refUrl(id.alice)] }],
      ['DELETE', '', undefined],
    ] as const)
      expect(refused(await server.call('alice', method, `groups/${powers}/${path}`, sent))).toEqual([
        403,
        'Authorization_RequestDenied',
      ]);
    expect((await server.call('alice', 'POST', `groups/${plain}/members/$ref`, ref(id.alice))).status).toBe(204);
    expect(refused(await ada('POST', `groups/${powers}/members/$ref`, ref(plain)))).toEqual([
      400,
      'Request_BadRequest',
    ]);
    expect(refused(await ada('PATCH', `groups/${plain}`, { isAssignableToRole: true }))[0]).toBe(400);
    expect(refused(await ada('POST', 'groups', newGroup('rule', { membershipRule: 'true' })))[0]).toBe(400);
    // Whoever is in it is privileged now, so a User Administrator no longer changes them.
    expect((await server.call('alice', 'PATCH', `users/${id.bob}`, { jobTitle: 'A' })).status).toBe(204);
    await ada('POST', `groups/${powers}/members/$ref`, ref(id.bob));
    expect(refused(await server.call('alice', 'PATCH', `users/${id.bob}`, { jobTitle: 'B' }))[0]).toBe(403);
    expect(refused(await server.call('alice', 'DELETE', `users/${id.bob}`))[0]).toBe(403);
  });

  it('knows applications, units, roles as old scripts do, the tenant and its licence', async () => {
    const appId = '99999999-0000-4000-8000-000000000001';
    const application = await create('servicePrincipals', { appId, displayName: 'Robot' });
    expect((await ada('GET', `servicePrincipals(appId='${appId}')`)).body['id']).toBe(application);
    expect(refused(await ada('POST', 'servicePrincipals', { appId }))).toEqual([400, 'Request_BadRequest']);
    const unit = await create('directory/administrativeUnits', { displayName: 'Vienna' });
    expect((await ada('POST', `administrativeUnits/${unit}/members/$ref`, ref(id.erin))).status).toBe(204);
    expect(idsOf(await ada('GET', `administrativeUnits/${unit}/members`))).toEqual([id.erin]);
    expect(refused(await ada('GET', `groups/${unit}`))[0]).toBe(404);
    const { body: byIds } = await ada('POST', 'directoryObjects/getByIds', { ids: [unit, application, id.erin] });
    expect(byIds.value?.map((one) => one['@odata.type']).sort()).toEqual([
      '#microsoft.graph.administrativeUnit',
      '#microsoft.graph.servicePrincipal',
      '#microsoft.graph.user',
    ]);
    const template = `directoryRoles(roleTemplateId='${role.globalAdministrator}')`;
    expect((await ada('GET', template)).body['displayName']).toBe('Global Administrator');
    expect(idsOf(await ada('GET', `${template}/members`))).toEqual([id.ada]);
    const mine = await ada('GET', 'me/memberOf/microsoft.graph.directoryRole');
    expect(mine.body.value).toMatchObject([{ roleTemplateId: role.globalAdministrator }]);
    // Somebody else's roles are for readers of roles.
    expect(idsOf(await server.call('frank', 'GET', `users/${id.ada}/memberOf`))).toEqual([]);
    expect((await ada('GET', 'organization?$select=id')).body.value).toHaveLength(1);
    expect((await ada('GET', 'subscribedSkus')).body.value).toMatchObject([{ skuPartNumber: 'AAD_PREMIUM_P2' }]);
  });

  it('has 500 groups that may hold roles at the most', async () => {
    const { documents } = server.ports;
    for (let n = 0; n < 500; n += 1) {
      const document = { id: `many-${n}`, principalType: 'group', isAssignableToRole: true, members: [], owners: [] };
      await documents.put(principals.collection, document.id, { document, seen: {}, position: 1n });
    }
    const { status, body } = await ada('POST', 'groups', newGroup('more', { isAssignableToRole: true }));
    expect([status, body.error?.message]).toEqual([400, expect.stringContaining('500 role-assignable groups')]);
    await create('groups', newGroup('more'));
  });

  it('finds as many objects by id as may be asked for, in one page', async () => {
    const ids = Array.from({ length: 1_000 }, (_, n) => uuid(n));
    for (const one of ids) {
      const document = { id: one, principalType: 'group', members: [], owners: [] };
      await server.ports.documents.put(principals.collection, one, { document, seen: {}, position: 1n });
    }
    const { body } = await ada('POST', 'directoryObjects/getByIds', { ids });
    expect(body.value).toHaveLength(1_000);
    expect(body).not.toHaveProperty('@odata.nextLink');
  });
});

const refUrl = (objectId: string): string => `https://graph.microsoft.com/v1.0/users/${objectId}`;

describe('leaving and being deleted', () => {
  const gate = new Gate();
  let server: TestServer;
  beforeEach(async () => {
    server = await TestServer.start(undefined, undefined, gate.through);
  });
  afterEach(() => server.stop());

  const held = async (principalId: string): Promise<readonly unknown[]> => {
    const path = `${assignmentInstances}?$filter=principalId eq '${principalId}'`;
    return (await server.call('sam', 'GET', path)).body.value?.map((one) => one['roleDefinitionId']) ?? [];
  };
  const activate = (user: 'grace' | 'heidi') =>
    server.call(user, 'POST', assignmentRequests, {
      ...activation(id[user], role.helpdeskAdministrator),
      ticketInfo: { ticketNumber: '42', ticketSystem: 'Desk' },
    });

  it('a group ends what was activated through it, of the one who left, at once', async () => {
    for (const user of ['grace', 'heidi'] as const) expect((await activate(user)).body['status']).toBe('Provisioned');
    const left = await server.call('ada', 'DELETE', `groups/${id.helpdesk}/members/${id.grace}/$ref`);
    expect(left.status).toBe(204);
    expect([await held(id.grace), await held(id.heidi)]).toEqual([[], [role.helpdeskAdministrator]]);
    expect((await activate('grace')).status).toBe(400);
    await server.running.runtime.settled();
    expect(await server.ports.bus.parked()).toEqual([]);
  });

  it('a group misses no activation that is being carried out meanwhile', async () => {
    const leave = () => server.call('ada', 'DELETE', `groups/${id.helpdesk}/members/${id.grace}/$ref`);
    const [activated, left] = await Promise.all([activate('grace'), leave()]);
    expect([201, 400]).toContain(activated.status);
    expect(left.status).toBe(204);
    await server.running.runtime.settled();
    expect(await held(id.grace)).toEqual([]);
  });

  it('a group ends what waits for an approver and rested on it', async () => {
    const eligible = assignment('adminAssign', id.helpdesk, role.securityAdministrator);
    expect((await server.call('paul', 'POST', eligibilityRequests, eligible)).status).toBe(201);
    const asked = activation(id.grace, role.securityAdministrator);
    const { body } = await server.call('grace', 'POST', assignmentRequests, asked);
    expect(body['status']).toBe('PendingApproval');
    await server.call('ada', 'DELETE', `groups/${id.helpdesk}/members/${id.grace}/$ref`);
    await server.running.runtime.settled();
    const after = await server.call('sam', 'GET', `${assignmentRequests}/${body['id'] as string}`);
    expect(after.body['status']).toBe('Revoked');
  });

  it('a group that is deleted ends what it held and what was activated from that', async () => {
    await activate('grace');
    // A protected role, too: the last-administrator rule never counts groups.
    const global = assignment('adminAssign', id.helpdesk, role.globalAdministrator);
    expect((await server.call('paul', 'POST', assignmentRequests, global)).status).toBe(201);
    expect((await server.call('paul', 'DELETE', `groups/${id.helpdesk}`)).status).toBe(204);
    expect([await held(id.grace), await held(id.helpdesk)]).toEqual([[], []]);
    const path = `${eligibilityInstances}?$filter=principalId eq '${id.helpdesk}'`;
    expect((await server.call('sam', 'GET', path)).body.value).toEqual([]);
    const again = assignment('adminAssign', id.helpdesk, role.securityAdministrator);
    const answer = await server.call('paul', 'POST', eligibilityRequests, again);
    expect([answer.status, answer.body.error?.code]).toEqual([400, 'SubjectNotFound']);
  });

  it('a person who is deleted holds nothing, and their token is worth nothing; the last administrator stays', async () => {
    await server.call('erin', 'POST', assignmentRequests, activation(id.erin, role.userAdministrator));
    const token = await server.token('erin');
    expect((await server.call('ada', 'DELETE', `users/${id.erin}`)).status).toBe(204);
    expect(await held(id.erin)).toEqual([]);
    expect((await server.call(token, 'GET', 'me')).status).toBe(401);
    const last = await server.call('paul', 'DELETE', `users/${id.ada}`);
    expect([last.status, last.body.error?.code]).toEqual([400, 'InvalidRoleAssignmentRequest']);
    expect((await server.call('ada', 'GET', 'me')).status).toBe(200);
    const log = await readLog(server.ports.eventStore);
    expect(typesOf(log, `principal-${id.erin}`)).toEqual([
      'PrincipalRegistered',
      'PrincipalDisableRequested',
      'PrincipalDisabled',
      'PrincipalDeleted',
    ]);
  });

  it('a person who is deleted keeps nothing that is being granted meanwhile', async () => {
    const roles = [role.securityReader, role.globalAdministrator, role.exchangeAdministrator];
    const grants = roles.map((roleId) =>
      server.call('paul', 'POST', assignmentRequests, assignment('adminAssign', id.erin, roleId)),
    );
    const [deleted] = await Promise.all([server.call('ada', 'DELETE', `users/${id.erin}`), ...grants]);
    expect(deleted.status).toBe(204);
    await server.running.runtime.settled();
    expect(await held(id.erin)).toEqual([]);
    expect(await server.ports.bus.parked()).toEqual([]);
  });

  it.each(['members', 'owners'])(
    'a person who is deleted is not among the %s they are being added to',
    async (links) => {
      const { body } = await server.call('ada', 'POST', 'groups', newGroup('night'));
      const path = `groups/${body['id'] as string}/${links}`;
      const aboutToJoin = gate.close(links === 'owners' ? 'GroupOwnerAdded' : 'GroupMemberAdded');
      const added = server.call('ada', 'POST', `${path}/$ref`, ref(id.erin));
      await aboutToJoin;
      expect((await server.call('ada', 'DELETE', `users/${id.erin}`)).status).toBe(204);
      gate.open();
      await added;
      await server.running.runtime.settled();
      const group = await server.running.documents.get<DirectoryObject>(principals.collection, body['id'] as string);
      expect(group?.document?.[links === 'owners' ? 'owners' : 'members']).toEqual([]);
    },
  );

  /** A request at a scope as the log has it, whoever let it in. */
  const requested = async (directoryScopeId: string, n: number): Promise<void> => {
    const about = {
      requestId: uuid(n),
      kind: 'assignment',
      action: 'adminAssign',
      principalId: id.erin,
      roleDefinitionId: role.userAdministrator,
      directoryScopeId,
      targetScheduleId: null,
    };
    const order = { ...about, startDateTime: null, durationMs: null, endDateTime: null, actor: operator };
    const data = {
      ...about,
      schedule: null,
      justification: null,
      ticket: null,
      customData: null,
      createdBy: operator,
      policyVersion: 0,
      order,
      approval: null,
      awaitsAdministrator: false,
      at: server.clock.now(),
    };
    const metadata = { actor: operator, authentication: null, correlationId: uuid(n), causationId: uuid(n) };
    const event = { id: uuid(n + 100), type: 'RequestSubmitted', version: 2, data, metadata };
    await server.ports.eventStore.append(`request-${uuid(n)}`, [event], 'no-stream');
    await server.running.runtime.settled();
  };

  it('a unit that is deleted ends what was held at it, and nothing is granted at it afterwards', async () => {
    const { body } = await server.call('ada', 'POST', 'administrativeUnits', { displayName: 'Vienna' });
    const scope = `/administrativeUnits/${body['id'] as string}`;
    await requested(scope, 1);
    expect(await held(id.erin)).toEqual([role.userAdministrator]);
    expect((await server.call('ada', 'DELETE', scope.slice(1))).status).toBe(204);
    expect(await held(id.erin)).toEqual([]);
    await requested(scope, 2);
    expect(await held(id.erin)).toEqual([]);
  });
});
