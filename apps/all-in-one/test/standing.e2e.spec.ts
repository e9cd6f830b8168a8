import 'reflect-metadata';
import { Gate } from './support/gate';
import {
  activation,
  assignment,
  assignmentInstances,
  assignmentRequests,
  eligibilityRequests,
  id,
  role,
  TestServer,
} from './support/server';

const set = 'roleManagement/directory/roleAssignments';
const helpdeskAdministrator = role.helpdeskAdministrator;

/** Standing assignments made outside PIM, and roles held at less than the tenant (reference §1.2, §4.6). */
describe('standing assignments and scopes', () => {
  const gate = new Gate();
  let server: TestServer;
  let unit = '';
  /** A unit that does not stay. */
  let passing = '';
  beforeAll(async () => {
    server = await TestServer.start('2026-03-02T08:00:00.000Z', undefined, gate.through);
    const { body } = await server.call('ada', 'POST', 'administrativeUnits', { displayName: 'Branch offices' });
    unit = `/administrativeUnits/${String(body['id'])}`;
  });
  afterAll(() => server.stop());

  const assign = (principalId: string, roleDefinitionId: string, directoryScopeId = '/', more: object = {}) =>
    server.call('paul', 'POST', set, { principalId, roleDefinitionId, directoryScopeId, ...more });
  const remove = (assignmentId: unknown, who = 'paul') => server.call(who, 'DELETE', `${set}/${String(assignmentId)}`);
  const instancesOf = async (principalId: string) =>
    (
      await server.call(
        'paul',
        'GET',
        `${assignmentInstances}?$filter=principalId eq '${principalId}'&$expand=directoryScope`,
      )
    ).body.value ?? [];

  it('is there as schedule and instance, without dates and without a request', async () => {
    const { status, body } = await assign(id.bob, role.securityReader, '/', {
      '@odata.type': '#microsoft.graph.unifiedRoleAssignment',
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({ principalId: id.bob, roleDefinitionId: role.securityReader, directoryScopeId: '/' });
    expect(body['id']).toMatch(/^[A-Za-z0-9_-]{43}-1$/);
    const dates = { startDateTime: null, endDateTime: null };
    const origin = { id: body['id'], roleAssignmentOriginId: body['id'], roleAssignmentScheduleId: body['id'] };
    expect(await instancesOf(id.bob)).toMatchObject([{ ...dates, ...origin, assignmentType: 'Assigned' }]);
    const schedule = await server.call(
      'paul',
      'GET',
      `roleManagement/directory/roleAssignmentSchedules/${String(body['id'])}`,
    );
    expect(schedule.body).toMatchObject({
      createdUsing: null,
      status: 'Provisioned',
      scheduleInfo: { startDateTime: null },
    });
    const twice = await assign(id.bob, role.securityReader);
    expect([twice.status, twice.body.error?.code]).toEqual([400, 'Request_BadRequest']);
    expect(twice.body.error?.message).toContain('conflicting object');
    const trail = await server.call(
      'paul',
      'GET',
      "auditLogs/directoryAudits?$filter=activityDisplayName eq 'Add member to role outside of PIM (permanent)'",
    );
    expect(trail.body.value).toHaveLength(1);
  });

  it('is removed at once by its id, be it by PIM or not', async () => {
    const [standing] = await instancesOf(id.bob);
    expect((await remove(standing?.['id'])).status).toBe(204);
    expect((await remove(standing?.['id'])).status).toBe(404);
    await server.call('erin', 'POST', assignmentRequests, activation(id.erin, role.userAdministrator));
    const [active] = await instancesOf(id.erin);
    expect(active?.['assignmentType']).toBe('Activated');
    expect((await remove(active?.['id'])).status).toBe(204);
    expect(await instancesOf(id.erin)).toEqual([]);
  });

  it('is removed by PIM under the id that PIM shows for it', async () => {
    const { body } = await assign(id.bob, role.securityReader);
    await server.later(6);
    const removal = assignment('adminRemove', id.bob, role.securityReader, { targetScheduleId: body['id'] });
    expect((await server.call('paul', 'POST', assignmentRequests, removal)).body['status']).toBe('Revoked');
  });

  it('is for administrators of roles, and never takes the last one', async () => {
    expect(
      (
        await server.call('erin', 'POST', set, {
          principalId: id.erin,
          roleDefinitionId: role.globalAdministrator,
          directoryScopeId: '/',
        })
      ).status,
    ).toBe(403);
    const [last] = await instancesOf(id.ada);
    const refused = await remove(last?.['id']);
    expect([refused.status, refused.body.error?.code]).toEqual([400, 'Request_BadRequest']);
    expect((await remove(last?.['id'], 'erin')).status).toBe(403);
    expect(await instancesOf(id.ada)).toHaveLength(1);
  });

  it.each<[string, () => Parameters<typeof assign>, number]>([
    ['nobody', () => [id.erin.replace(/^a/, 'b'), role.securityReader], 404],
    ['a role that is not there', () => [id.erin, id.erin], 404],
    ['a scope that is not there', () => [id.erin, helpdeskAdministrator, `/administrativeUnits/${id.erin}`], 400],
    ['a scope that the role is not for', () => [id.erin, role.securityReader, unit], 400],
    ['a single object that the role is not for', () => [id.erin, helpdeskAdministrator, `/${id.automation}`], 400],
    ['no scope', () => [id.erin, role.securityReader, ''], 400],
    ['an app scope', () => [id.erin, role.securityReader, '/', { appScopeId: '/' }], 400],
    ['a group that cannot hold roles', () => ['b0000000-0000-4000-8000-000000000001', role.securityReader], 400],
  ])('is refused for %s', async (_what, asked, status) => expect((await assign(...asked())).status).toBe(status));

  it('holds one role at two scopes as two things', async () => {
    const eligible = (directoryScopeId: string) =>
      server.call(
        'paul',
        'POST',
        eligibilityRequests,
        assignment('adminAssign', id.bob, helpdeskAdministrator, { directoryScopeId }),
      );
    expect(
      (await eligible(unit.toUpperCase().replace('/ADMINISTRATIVEUNITS', '/administrativeunits'))).body[
        'directoryScopeId'
      ],
    ).toBe(unit);
    const ticketInfo = { ticketNumber: 'INC-1', ticketSystem: 'desk' };
    const activate = (directoryScopeId: string) =>
      server.call(
        'bob',
        'POST',
        assignmentRequests,
        activation(id.bob, helpdeskAdministrator, { directoryScopeId, ticketInfo }),
      );
    const wider = await activate('/');
    expect([wider.status, wider.body.error?.code]).toEqual([400, 'InvalidScope']);
    expect((await activate(unit)).body['status']).toBe('Provisioned');
    await eligible('/');
    expect((await activate('/')).body['status']).toBe('Provisioned');
    const held = await instancesOf(id.bob);
    expect(held.map((one) => one['directoryScopeId']).sort()).toEqual(['/', unit]);
    expect(held.find((one) => one['directoryScopeId'] === unit)?.['directoryScope']).toMatchObject({
      '@odata.type': '#microsoft.graph.administrativeUnit',
      displayName: 'Branch offices',
    });
  });

  it('at a unit makes nobody an administrator of the tenant', async () => {
    await assign(id.frank, role.userAdministrator, unit);
    const other = await server.call('frank', 'PATCH', `users/${id.bob}`, { displayName: 'Robert' });
    expect(other.status).toBe(403);
  });

  it.each<[string, () => Parameters<typeof assign>, () => Promise<unknown>]>([
    [
      'whose account went off',
      () => [id.heidi, role.securityReader],
      () => server.call('ada', 'PATCH', `users/${id.heidi}`, { accountEnabled: false }),
    ],
    [
      'at a scope that went',
      () => [id.grace, helpdeskAdministrator, passing],
      () => server.call('ada', 'DELETE', passing.slice(1)),
    ],
  ])('is left to nobody %s between the decision and the record', async (_who, asked, change) => {
    const { body } = await server.call('ada', 'POST', 'administrativeUnits', { displayName: 'Passing' });
    passing = `/administrativeUnits/${String(body['id'])}`;
    const aboutToBeGranted = gate.close('AssignmentGranted');
    const given = assign(...asked());
    await aboutToBeGranted;
    await change();
    gate.open();
    await given;
    expect(await instancesOf(asked()[0])).toEqual([]);
  });

  it('ends with its scope', async () => {
    expect((await server.call('ada', 'DELETE', unit.slice(1))).status).toBe(204);
    expect((await instancesOf(id.bob)).map((one) => one['directoryScopeId'])).toEqual(['/']);
  });

  it('at a single application is for roles about applications', async () => {
    const applicationAdministrator = '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3';
    expect((await assign(id.frank, applicationAdministrator, `/${id.automation}`)).status).toBe(201);
    const atPerson = await assign(id.bob, applicationAdministrator, `/${id.heidi}`);
    expect([atPerson.status, atPerson.body.error?.code]).toEqual([400, 'Request_BadRequest']);
  });

  const policyOf = async (roleDefinitionId: string) => {
    const filter = `scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq '${roleDefinitionId}'`;
    const { body } = await server.call('paul', 'GET', `policies/roleManagementPolicyAssignments?$filter=${filter}`);
    return String(body.value?.[0]?.['policyId']);
  };

  it('keeps as many permanent holders as the settings of the role demand, whatever is tried', async () => {
    const policyId = await policyOf(role.exchangeAdministrator);
    const path = `policies/roleManagementPolicies/${policyId}`;
    expect((await server.call('paul', 'GET', path)).body).toMatchObject({ minimumHolders: 0 });
    const keep = (minimumHolders: unknown) => server.call('paul', 'PATCH', path, { minimumHolders });
    expect((await keep(2)).body.error?.code).toBe('InvalidPolicy');
    const first = await assign(id.bob, role.exchangeAdministrator);
    await assign(id.frank, role.exchangeAdministrator);
    const set = await keep(2);
    expect([set.status, set.body['minimumHolders']]).toEqual([200, 2]);
    for (const wrong of [-1, 1.5, 'two', 1_001]) expect((await keep(wrong)).status).toBe(400);
    await server.running.runtime.settled();
    expect((await remove(first.body['id'])).body.error?.message).toContain('minimumHolders');
    await server.later(6);
    const removal = assignment('adminRemove', id.bob, role.exchangeAdministrator);
    expect((await server.call('paul', 'POST', assignmentRequests, removal)).body.error?.message).toContain(
      'minimumHolders',
    );
    const off = await server.call('ada', 'PATCH', `users/${id.bob}`, { accountEnabled: false });
    expect([off.status, off.body.error?.code]).toEqual([400, 'InvalidRoleAssignmentRequest']);
    expect((await server.call('paul', 'GET', `users/${id.bob}`)).body['accountEnabled']).toBe(true);
    expect((await keep(1)).status).toBe(200);
    await server.running.runtime.settled();
    expect((await remove(first.body['id'])).status).toBe(204);
    expect((await server.call('ada', 'PATCH', `users/${id.bob}`, { accountEnabled: false })).status).toBe(204);
  });
});
