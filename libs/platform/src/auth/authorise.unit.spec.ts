import { createAuthoriser } from './authorise';
import type { Caller } from './caller';
import { DIRECTORY_ROLE } from './directory-role-ids';
import type { DirectoryRoles } from './directory-roles.port';
import { Unauthenticated } from './errors';
import { isPublic, type ProtectedRow } from './permission-row';
import { permissionTable } from './permission-table';

const now = '2026-03-01T12:00:00.000Z';
const authentication = { amr: ['pwd'], acr: null, acrs: [], authTime: null };
const user = (...scopes: string[]): Caller => ({
  id: 'erin',
  kind: 'user',
  appId: null,
  scopes,
  appRoles: [],
  authentication,
});
const application = (...appRoles: string[]): Caller => ({ ...user(), id: 'automation', kind: 'application', appRoles });

interface Situation {
  readonly caller: Caller;
  readonly held?: readonly string[];
  readonly action?: string;
  readonly roles?: Partial<DirectoryRoles>;
}

const unlimited = { countCall: () => undefined };

const ask = ({ caller, held = [], action, roles }: Situation, method: string, route: string): Promise<unknown> => {
  const authorise = createAuthoriser({
    tokens: { verify: async () => caller },
    roles: {
      heldBy: async (_, asked) => asked.filter((id) => held.includes(id)),
      accountKind: async () => caller.kind,
      ...roles,
    },
    throttle: unlimited,
    clock: { now: () => now },
  });
  return authorise({ method, route, authorization: 'Bearer token', action }).then(
    () => 'allowed',
    (error: { status?: number; code?: string }) => `${error.status} ${error.code}`,
  );
};

const requests = '/v1.0/roleManagement/directory/roleAssignmentScheduleRequests';
const denied = '403 Authorization_RequestDenied';
const unscoped = '403 PermissionScopeNotGranted';
const readWrite = 'RoleAssignmentSchedule.ReadWrite.Directory';
const remove = 'RoleAssignmentSchedule.Remove.Directory';

describe('who may call what', () => {
  const cases: [string, string, string, Situation, string][] = [
    [
      'a reader lists requests',
      'GET',
      requests,
      { caller: user(readWrite), held: [DIRECTORY_ROLE.securityReader] },
      'allowed',
    ],
    ['a user without a role lists requests', 'GET', requests, { caller: user(readWrite) }, denied],
    [
      'a user administrator lists requests',
      'GET',
      requests,
      { caller: user(readWrite), held: [DIRECTORY_ROLE.userAdministrator] },
      denied,
    ],
    [
      'a reader without the scope lists requests',
      'GET',
      requests,
      { caller: user('User.Read'), held: [DIRECTORY_ROLE.securityReader] },
      unscoped,
    ],
    [
      'an application with the permission lists requests',
      'GET',
      requests,
      { caller: application('RoleManagement.Read.All') },
      'allowed',
    ],
    [
      'an application without the permission lists requests',
      'GET',
      requests,
      { caller: application('User.Read.All') },
      unscoped,
    ],
    [
      'a user asks for their own requests',
      'GET',
      `${requests}/filterByCurrentUser/:on`,
      { caller: user(readWrite) },
      'allowed',
    ],
    [
      'an application asks for its own requests',
      'GET',
      `${requests}/filterByCurrentUser/:on`,
      { caller: application('RoleManagement.Read.All') },
      denied,
    ],
    ['a user waits for their own request', 'GET', `${requests}/:id`, { caller: user(readWrite) }, 'allowed'],
    ['a user activates', 'POST', requests, { caller: user(readWrite), action: 'selfActivate' }, 'allowed'],
    [
      'a user with a read scope activates',
      'POST',
      requests,
      { caller: user('RoleAssignmentSchedule.Read.Directory'), action: 'selfActivate' },
      unscoped,
    ],
    ['a removal with the narrow scope', 'POST', requests, { caller: user(remove), action: 'AdminRemove' }, 'allowed'],
    [
      'an assignment with the narrow scope',
      'POST',
      requests,
      { caller: user(remove), action: 'adminAssign' },
      unscoped,
    ],
    ['no action at all with the narrow scope', 'POST', requests, { caller: user(remove) }, unscoped],
    [
      'a narrow scope of eligibilities on assignments',
      'POST',
      requests,
      { caller: user('RoleEligibilitySchedule.Remove.Directory'), action: 'adminRemove' },
      unscoped,
    ],
    [
      'an application approves',
      'PATCH',
      '/beta/roleManagement/directory/roleAssignmentApprovals/:id/steps/:stepId',
      { caller: application(readWrite) },
      denied,
    ],
    [
      'a user reads role settings',
      'GET',
      '/v1.0/policies/roleManagementPolicies/:id/rules',
      { caller: user('RoleManagementPolicy.Read.Directory') },
      'allowed',
    ],
    [
      'a user without the permission changes role settings',
      'PATCH',
      '/v1.0/policies/roleManagementPolicies/:id/rules/:ruleId',
      { caller: user('RoleManagementPolicy.Read.Directory') },
      unscoped,
    ],
    [
      'a role administrator changes role settings',
      'PATCH',
      '/v1.0/policies/roleManagementPolicies/:id',
      { caller: user('RoleManagementPolicy.ReadWrite.Directory'), held: [DIRECTORY_ROLE.privilegedRoleAdministrator] },
      'allowed',
    ],
    [
      'a user reads the audit log',
      'GET',
      '/v1.0/auditLogs/directoryAudits',
      { caller: user('AuditLog.Read.All') },
      '403 Authentication_RequestFromUnsupportedUserRole',
    ],
    [
      'a reports reader reads the audit log',
      'GET',
      '/v1.0/auditLogs/directoryAudits',
      { caller: user('AuditLog.Read.All'), held: [DIRECTORY_ROLE.reportsReader] },
      'allowed',
    ],
    ['an application asks who it is', 'GET', '/v1.0/me', { caller: application('User.Read.All') }, denied],
    ['a user switches an account off', 'PATCH', '/v1.0/users/:id', { caller: user('User.ReadWrite.All') }, denied],
    [
      'a user administrator switches an account off',
      'PATCH',
      '/v1.0/users/:id',
      { caller: user('User.ReadWrite.All'), held: [DIRECTORY_ROLE.userAdministrator] },
      'allowed',
    ],
    [
      'a security operator reads alerts',
      'GET',
      '/beta/identityGovernance/roleManagementAlerts/alerts',
      { caller: user('RoleManagementAlert.Read.Directory'), held: [DIRECTORY_ROLE.securityOperator] },
      denied,
    ],
  ];

  it.each(cases)('%s', async (_, method, route, situation, expected) =>
    expect(await ask(situation, method, route)).toBe(expected),
  );

  const rows = permissionTable.filter((row): row is ProtectedRow => !isPublic(row));
  const called = ({ route }: ProtectedRow): [string, string] => route.split(' ') as [string, string];

  it.each(rows.map((row) => [row.route, row] as const))(
    '%s is closed to a token without permissions',
    async (_, row) => {
      const held = Object.values(DIRECTORY_ROLE);
      expect(await ask({ caller: user(), held }, ...called(row))).toMatch(/^403 /);
      expect(await ask({ caller: application() }, ...called(row))).toMatch(/^403 /);
    },
  );

  it.each(rows.filter(({ roles }) => typeof roles !== 'string').map((row) => [row.route, row] as const))(
    '%s is closed to a user with every scope and no role',
    async (_, row) => expect(await ask({ caller: user(...row.delegated) }, ...called(row))).toMatch(/^403 /),
  );
});

describe('the answer is never yes', () => {
  const reader: Situation = { caller: user(readWrite), held: [DIRECTORY_ROLE.securityReader] };

  it('without a bearer token', async () => {
    const authorise = createAuthoriser({
      tokens: { verify: async () => user(readWrite) },
      roles: { heldBy: async () => [], accountKind: async () => 'user' as const },
      clock: { now: () => now },
      throttle: unlimited,
    });
    for (const authorization of [undefined, '', 'Basic YTpi', 'Bearer', 'Bearer a b', 'token'])
      await expect(
        authorise({ method: 'GET', route: requests, authorization, action: undefined }),
      ).rejects.toMatchObject({
        status: 401,
        headers: { 'WWW-Authenticate': 'Bearer' },
      });
  });

  it('for a disabled or unknown account', async () =>
    expect(await ask({ ...reader, roles: { accountKind: async () => null } }, 'GET', requests)).toBe(
      '401 InvalidAuthenticationToken',
    ));

  it('for a token of one kind and an account of the other', async () => {
    const asApplication = { caller: application('RoleManagement.ReadWrite.Directory') };
    expect(await ask({ ...asApplication, roles: { accountKind: async () => 'user' } }, 'GET', requests)).toBe(
      '401 InvalidAuthenticationToken',
    );
    expect(await ask({ ...reader, roles: { accountKind: async () => 'application' } }, 'GET', requests)).toBe(
      '401 InvalidAuthenticationToken',
    );
  });

  it('when accounts cannot be read', async () =>
    expect(
      await ask({ ...reader, roles: { accountKind: () => Promise.reject(new Error('down')) } }, 'GET', requests),
    ).toBe('503 ServiceUnavailable'));

  it('when roles cannot be read', async () =>
    expect(await ask({ ...reader, roles: { heldBy: () => Promise.reject(new Error('down')) } }, 'GET', requests)).toBe(
      '503 ServiceUnavailable',
    ));

  it('when roles are answered that were not asked for', async () =>
    expect(
      await ask({ ...reader, roles: { heldBy: async () => [DIRECTORY_ROLE.userAdministrator] } }, 'GET', requests),
    ).toBe(denied));

  it('for a refused token', async () => {
    const authorise = createAuthoriser({
      tokens: { verify: () => Promise.reject(new Unauthenticated('no')) },
      roles: { heldBy: async () => [], accountKind: async () => 'user' as const },
      clock: { now: () => now },
      throttle: unlimited,
    });
    await expect(
      authorise({ method: 'GET', route: '/v1.0/me', authorization: 'Bearer x', action: undefined }),
    ).rejects.toMatchObject({ status: 401 });
  });

  it('for a route without a row', async () =>
    expect(await ask(reader, 'GET', '/v1.0/unheard-of')).toBe('undefined undefined'));
});
