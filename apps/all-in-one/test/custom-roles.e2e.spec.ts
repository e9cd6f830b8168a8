import 'reflect-metadata';
import { Crash } from './support/crash';
import { Gate } from './support/gate';
import { expectActiveAsLogged, expectRebuildToEqual, readLog } from './support/log';
import {
  activation,
  assignment,
  assignmentInstances,
  assignmentRequests,
  eligibilityRequests,
  id,
  role,
  TestServer,
  type Answer,
} from './support/server';

const definitions = 'roleManagement/directory/roleDefinitions';
const reset = 'microsoft.directory/users/password/update';

const newRole = (displayName: string, more: object = {}): object => ({
  displayName,
  rolePermissions: [{ allowedResourceActions: [reset] }],
  ...more,
});

const refused = ({ status, body }: Answer): readonly [number, string | undefined] => [status, body.error?.code];

/** Roles of the tenant's own (reference §1.1), from their creation to their end. */
describe('a custom role', () => {
  const gate = new Gate();
  const crash = new Crash({ call: 'append', when: 'after', nth: 1 });
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start(undefined, undefined, (ports) => gate.through(crash.through(ports)));
  });
  afterAll(() => server.stop());

  const paul = (method: string, path: string, body?: unknown) => server.call('paul', method, path, body);
  const create = async (displayName: string, more: object = {}): Promise<string> => {
    const { status, body } = await paul('POST', definitions, newRole(displayName, more));
    expect([status, body.error]).toEqual([201, undefined]);
    return body['id'] as string;
  };
  const grant = (set: string, roleId: string, principalId: string = id.erin) =>
    paul('POST', set, assignment('adminAssign', principalId, roleId));
  const grantOutside = (roleDefinitionId: string) =>
    paul('POST', 'roleManagement/directory/roleAssignments', {
      principalId: id.erin,
      roleDefinitionId,
      directoryScopeId: '/',
    });
  const recordedOf = async (roleId: string) =>
    (await readLog(server.ports.eventStore))
      .filter(({ stream }) => stream === `roleSchedule-${roleId}@/`)
      .map(({ type, data }) => [type, data]);
  const held = async (roleId: string): Promise<unknown[]> => {
    const { body } = await paul('GET', `${assignmentInstances}?$filter=roleDefinitionId eq '${roleId}'`);
    return body.value?.map((one) => one['principalId']) ?? [];
  };

  it('is activated like any other, under settings of its own, and not deleted while somebody may have it', async () => {
    const desk = await create('Password Desk');
    expect((await grant(eligibilityRequests, desk)).body['status']).toBe('Provisioned');
    expect(refused(await paul('DELETE', `${definitions}/${desk}`))).toEqual([400, 'Request_BadRequest']);
    const activated = await server.call('erin', 'POST', assignmentRequests, activation(id.erin, desk));
    expect(activated.body['status']).toBe('Provisioned');
    expect(await held(desk)).toEqual([id.erin]);
    await server.later(10);
    await paul('POST', eligibilityRequests, assignment('adminRemove', id.erin, desk));
    expect(await held(desk)).toEqual([]);
    expect((await paul('DELETE', `${definitions}/${desk}`)).status).toBe(204);
    expect((await paul('GET', `${definitions}/${desk}`)).status).toBe(404);
    expect((await paul('DELETE', `${definitions}/${desk}`)).status).toBe(404);
    expect(refused(await grant(assignmentRequests, desk))).toEqual([400, 'RoleNotFound']);
    expect(refused(await paul('POST', definitions, newRole('Password Desk', { templateId: desk })))).toEqual([
      409,
      'Conflict',
    ]);
    const settings = `policies/roleManagementPolicyAssignments?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq '${desk}'`;
    expect((await paul('GET', settings)).body.value).toEqual([]);
  });

  it('is on record, by the name it had', async () => {
    const filter = `loggedByService eq 'Core Directory' and category eq 'RoleManagement'`;
    const { body } = await paul('GET', `auditLogs/directoryAudits?$orderby=activityDateTime&$filter=${filter}`);
    expect(body.value?.map((one) => [one['activityDisplayName'], one['result']])).toEqual([
      ['Add role definition', 'success'],
      ['Delete role definition', 'failure'],
      ['Delete role definition', 'success'],
    ]);
    expect(body.value?.[2]?.['targetResources']).toMatchObject([{ type: 'Role', displayName: 'Password Desk' }]);
    expect(JSON.stringify(body.value)).not.toContain('BuiltInRole');
  });

  it('protects a group that its settings name as approver, until requests under them can wait no more', async () => {
    const made = await paul('POST', 'groups', {
      displayName: 'Deciders',
      mailEnabled: false,
      mailNickname: 'deciders',
      securityEnabled: true,
    });
    const groupId = String(made.body['id']);
    const desk = await create('Deciding Desk');
    const path = `policies/roleManagementPolicies/DirectoryRole_e0000000-0000-4000-8000-000000000001_${desk}`;
    const primaryApprovers = [{ '@odata.type': '#microsoft.graph.groupMembers', groupId }];
    const changed = await paul('PATCH', `${path}/rules/Approval_EndUser_Assignment`, {
      '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyApprovalRule',
      setting: { isApprovalRequired: true, approvalStages: [{ primaryApprovers }] },
    });
    expect(changed.status).toBe(204);
    expect((await paul('DELETE', `${definitions}/${desk}`)).status).toBe(204);
    await server.running.runtime.settled();
    const log = await readLog(server.ports.eventStore);
    const namings = log.filter(({ stream, type }) => stream === `principal-${groupId}` && type.includes('Named'));
    const about = { groupId, policyStreamId: desk, at: expect.any(String) };
    expect(namings.map(({ type, data }) => [type, data])).toEqual([
      ['GroupNamedAsApprover', about],
      ['GroupNoLongerNamedAsApprover', { ...about, protectedUntil: expect.any(String) }],
    ]);
  });

  it('is given to nobody while it is disabled, and what runs goes on', async () => {
    const night = await create('Night Shift');
    await grant(assignmentRequests, night);
    expect((await paul('PATCH', `${definitions}/${night}`, { isEnabled: false })).status).toBe(204);
    expect(refused(await grant(assignmentRequests, night, id.frank))).toEqual([400, 'InvalidRoleAssignmentRequest']);
    expect(await held(night)).toEqual([id.erin]);
  });

  it('has a name that nobody else gets, however many ask for it in one moment', async () => {
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, n) => paul('POST', definitions, newRole(n % 2 ? 'Wanted' : 'WANTED'))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 400, 400, 400, 400]);
    expect(refused(await paul('POST', definitions, newRole('global administrator')))).toEqual([
      400,
      'Request_BadRequest',
    ]);
  });

  it('is changed in parts: what is sent replaces, the rest stays', async () => {
    const own = await create('Own', { version: '1.0', description: 'First' });
    const rolePermissions = [{ allowedResourceActions: [reset.toUpperCase()] }, { allowedResourceActions: [reset] }];
    expect((await paul('PATCH', `${definitions}/${own}`, { rolePermissions, description: null })).status).toBe(204);
    const { body } = await paul('GET', `/beta/${definitions}/${own}`);
    const set = { allowedResourceActions: [reset], condition: null };
    expect(body).toMatchObject({ version: '1.0', description: null, isPrivileged: true, rolePermissions: [set, set] });
    expect(refused(await paul('PATCH', `${definitions}/${own}`, { templateId: id.erin }))[0]).toBe(400);
    expect(refused(await paul('PATCH', `${definitions}/${role.userAdministrator}`, { isEnabled: false }))).toEqual([
      400,
      'Request_BadRequest',
    ]);
  });

  it.each<[string, unknown]>([
    ['nothing', null],
    ['no sets', []],
    ['a set that is a list', [[{ allowedResourceActions: [reset] }]]],
    ['a set that is a text', ['x']],
    ['a set of nothing', [{ allowedResourceActions: [] }]],
    ['a set that is not there', [null]],
    ['actions that are none', [{ allowedResourceActions: [1] }]],
  ])('does not allow %s', async (_what, rolePermissions) => {
    const answer = await paul('POST', definitions, newRole('Odd', { rolePermissions }));
    expect(refused(answer)).toEqual([400, 'BadRequest']);
    expect(answer.body.error?.message).toContain('rolePermissions');
  });

  it('is not held by anybody who was given it while it was deleted', async () => {
    const early = await create('Early');
    const aboutToBeDeleted = gate.close('RoleDefinitionDeleted');
    const deletion = paul('DELETE', `${definitions}/${early}`);
    await aboutToBeDeleted;
    await grant(assignmentRequests, early);
    gate.open();
    expect((await deletion).status).toBe(204);
    expect(await held(early)).toEqual([]);
  });

  it.each<[string, (roleId: string) => Promise<Answer>]>([
    ['was asked for', (roleId) => grant(assignmentRequests, roleId)],
    ['stands outside PIM', (roleId) => grantOutside(roleId)],
  ])(
    'is not held by anybody whose grant %s, was decided before it was deleted, and recorded after',
    async (how, give) => {
      const late = await create(`Late: ${how}`);
      const aboutToBeGranted = gate.close('AssignmentGranted');
      const request = give(late);
      await aboutToBeGranted;
      expect((await paul('DELETE', `${definitions}/${late}`)).status).toBe(204);
      gate.open();
      await request;
      await server.running.runtime.settled();
      expect(await held(late)).toEqual([]);
      expect(await recordedOf(late)).toMatchObject([
        ['AssignmentGranted', {}],
        ['AssignmentRemoved', { reason: 'role-deleted' }],
      ]);
    },
  );

  it('is held by nobody after a crash right behind its deletion, whoever was given it meanwhile', async () => {
    const unlucky = await create('Unlucky');
    const aboutToBeDeleted = gate.close('RoleDefinitionDeleted');
    const deletion = paul('DELETE', `${definitions}/${unlucky}`);
    deletion.catch(() => undefined);
    await aboutToBeDeleted;
    // Nobody comes back to this grant as to one that was asked for: the deletion itself must.
    expect((await grantOutside(unlucky)).status).toBe(201);
    await server.running.runtime.settled();
    crash.arm();
    gate.open();
    await crash.happened;
    await server.abandon();
    server = await TestServer.start(server.clock.now(), server.folder);
    await server.running.runtime.settled();
    expect(await held(unlucky)).toEqual([]);
    expect(await recordedOf(unlucky)).toMatchObject([
      ['AssignmentGranted', {}],
      ['AssignmentRemoved', { reason: 'role-deleted', by: { id: id.paul } }],
    ]);
    expect(await server.ports.bus.parked()).toEqual([]);
  });

  it('leaves read models that a rebuild makes again', async () => {
    await expectActiveAsLogged(server);
    await expectRebuildToEqual(server);
  });
});
