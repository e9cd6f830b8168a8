import 'reflect-metadata';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDevIssuer } from '@pim/adapters/dev-issuer';
import { RegisterPrincipalCommand } from '@pim/assignments/service';
import { accountOf, ask, expectAlwaysKept, held, switchTo } from './support/accounts';
import { operator, submit, uuid } from './support/commands';
import { expectActiveAsLogged, expectSoundLog, readLog, typesOf } from './support/log';
import {
  activation,
  assignment,
  assignmentRequests,
  eligibilityRequests,
  id,
  role,
  TestServer,
} from './support/server';

describe('switching accounts off and on', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await TestServer.start();
  });
  afterEach(() => server.stop());

  it('takes what was granted a moment before, and gives nothing back', async () => {
    await ask(server, 'adminAssign', 'erin', role.securityReader);
    await server.call('erin', 'POST', assignmentRequests, activation(id.erin, role.userAdministrator));
    expect((await switchTo(server, 'paul', 'erin', false)).status).toBe(204);
    expect([await held(server, 'erin'), await accountOf(server, 'erin')]).toEqual([[], false]);
    expect((await switchTo(server, 'paul', 'erin', true)).status).toBe(204);
    expect([await held(server, 'erin'), await accountOf(server, 'erin')]).toEqual([[], true]);
    expect((await ask(server, 'adminAssign', 'erin', role.globalAdministrator)).status).toBe(201);
    expect(await held(server, 'erin')).toEqual([role.globalAdministrator]);
  });

  it('misses no grant that is being carried out meanwhile', async () => {
    const roles = [
      role.securityReader,
      role.helpdeskAdministrator,
      role.exchangeAdministrator,
      role.globalAdministrator,
    ];
    await Promise.all([
      ...roles.map((roleId) => ask(server, 'adminAssign', 'erin', roleId)),
      switchTo(server, 'ada', 'erin', false),
      ...roles.map((roleId) => ask(server, 'adminAssign', 'erin', roleId)),
    ]);
    await server.running.runtime.settled();
    expect([await held(server, 'erin'), await accountOf(server, 'erin')]).toEqual([[], false]);
    await switchTo(server, 'paul', 'erin', true);
    expect(await held(server, 'erin')).toEqual([]);
  });

  it('takes nothing when it is refused, and says why', async () => {
    // The bar in the role of global administrators is set first and must be lifted again.
    await ask(server, 'adminAssign', 'paul', role.globalAdministrator);
    await ask(server, 'adminAssign', 'paul', role.securityReader);
    const before = await held(server, 'paul');
    const { status, body } = await switchTo(server, 'ada', 'paul', false);
    expect([status, body.error?.code]).toEqual([400, 'InvalidRoleAssignmentRequest']);
    expect(body.error?.message).toContain('The last permanent active assignment');
    expect([await held(server, 'paul'), await accountOf(server, 'paul')]).toEqual([before, true]);
    const log = await readLog(server.ports.eventStore);
    expect(typesOf(log, `principal-${id.paul}`).slice(1)).toEqual([
      'PrincipalDisableRequested',
      'PrincipalDisableRefused',
    ]);
    const guard = typesOf(log, `roleSchedule-${role.globalAdministrator}@/`);
    expect(guard.slice(-2)).toEqual(['PrincipalBarred', 'PrincipalBarLifted']);
    await server.later(5);
    expect((await ask(server, 'adminRemove', 'ada', role.globalAdministrator)).body['status']).toBe('Revoked');
  });

  it('lets two administrators not switch each other off at once', async () => {
    await ask(server, 'adminAssign', 'erin', role.globalAdministrator);
    const answers = await Promise.all([switchTo(server, 'ada', 'erin', false), switchTo(server, 'erin', 'ada', false)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 400]);
    expectAlwaysKept(await readLog(server.ports.eventStore));
  });

  it('never leaves a protected role without somebody who may use it, whatever comes at once', async () => {
    await server.later(5);
    for (let round = 0; round < 6; round += 1) {
      const answers = await Promise.all([
        switchTo(server, 'paul', 'erin', false),
        switchTo(server, 'paul', 'erin', true),
        ask(server, 'adminAssign', 'erin', role.globalAdministrator),
        switchTo(server, 'paul', 'erin', round % 2 === 0),
        ask(server, 'adminRemove', 'ada', role.globalAdministrator),
        switchTo(server, 'paul', 'ada', false),
      ]);
      for (const { status } of answers) expect([201, 204, 400, 409]).toContain(status);
      await switchTo(server, 'paul', 'ada', true);
      await ask(server, 'adminAssign', 'ada', role.globalAdministrator);
      await server.later(6);
    }
    const log = await readLog(server.ports.eventStore);
    expectSoundLog(log);
    expectAlwaysKept(log);
    await expectActiveAsLogged(server);
    expect(await server.ports.bus.parked()).toEqual([]);
  });

  it('is in the trail once, under the name of whoever asked and with how they had signed in', async () => {
    await switchTo(server, 'paul', 'erin', false);
    const filter = "$filter=activityDisplayName eq 'Disable account'";
    const { body } = await server.call('sam', 'GET', `auditLogs/directoryAudits?${filter}`);
    expect(body.value).toMatchObject([{ result: 'success', initiatedBy: { user: { id: id.paul } } }]);
    expect(JSON.stringify(body.value?.[0]?.['additionalDetails'])).toContain('mfa');
  });
});

describe('who may switch an account', () => {
  let folder: string;
  let server: TestServer;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'openpim-accounts-'));
    server = await TestServer.start(undefined, folder);
    await submit(server, {
      requestId: uuid(1),
      action: 'adminAssign',
      principalId: id.bob,
      roleDefinitionId: role.userAdministrator,
    });
  });
  afterEach(() => server.stop());

  const eligible = (user: keyof typeof id, roleId: string) =>
    server.call('paul', 'POST', eligibilityRequests, assignment('adminAssign', id[user], roleId));

  it('a User Administrator may, when nothing privileged is concerned', async () => {
    expect((await switchTo(server, 'bob', 'alice', false)).status).toBe(204);
    expect((await switchTo(server, 'bob', 'alice', true)).status).toBe(204);
  });

  it('a User Administrator may not when somebody is only eligible for Global Administrator, or through a group', async () => {
    expect((await eligible('alice', role.globalAdministrator)).status).toBe(201);
    for (const user of ['alice', 'grace', 'sam', 'ada'] as const)
      for (const on of [false, true]) {
        const { status, body } = await switchTo(server, 'bob', user, on);
        expect([user, on, status, body.error?.code]).toEqual([user, on, 403, 'Authorization_RequestDenied']);
      }
    expect((await switchTo(server, 'paul', 'alice', false)).status).toBe(204);
  });

  it('an application may for the privileged only when it manages roles, too', async () => {
    const narrow = await applicationToken(['User.ReadWrite.All'], 1);
    expect((await switchTo(server, narrow, 'alice', false)).status).toBe(204);
    const refused = await switchTo(server, narrow, 'erin', false);
    expect([refused.status, refused.body.error?.code]).toEqual([403, 'PermissionScopeNotGranted']);
    expect(await accountOf(server, 'erin')).toBe(true);
    const wide = await applicationToken(['User.ReadWrite.All', 'RoleManagement.ReadWrite.Directory'], 2);
    expect((await switchTo(server, wide, 'erin', false)).status).toBe(204);
  });

  const applicationToken = async (appRoles: readonly string[], n: number): Promise<string> => {
    const application = { id: uuid(100 + n), appId: uuid(200 + n), displayName: `app-${n}`, appRoles };
    const { id: principalId, ...attributes } = application;
    const nothing = { userPrincipalName: null, mail: null, isAssignableToRole: false, accountEnabled: true };
    const principal = { principalId, principalType: 'servicePrincipal' as const, ...nothing, ...attributes };
    const context = { commandId: principalId, correlationId: principalId, actor: operator, authentication: null };
    await server.running.dispatch(new RegisterPrincipalCommand(principal, context));
    const issuer = await createDevIssuer({
      folder,
      issuer: 'http://openpim.test/idp',
      users: [],
      applications: [application],
      scopes: [],
    });
    return issuer.mintToken({ app: application.displayName, now: server.clock.now() });
  };
});
