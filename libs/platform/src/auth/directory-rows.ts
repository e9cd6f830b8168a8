import * as role from './directory-role-ids';
import type { PermissionRow, ProtectedRow, RoleRule } from './permission-row';
import * as scope from './scopes';

const rows = (routes: readonly string[], permissions: readonly string[], roles: RoleRule): ProtectedRow[] =>
  routes.map((route) => ({ route, delegated: permissions, application: permissions, roles }));

/** The signed-in user's own: no application can make these calls. */
const own = (routes: readonly string[], delegated: readonly string[]): ProtectedRow[] =>
  routes.map((route) => ({ route, delegated, application: [], roles: 'self' }));

const both = (path: string): readonly string[] => [
  `${path}/administrativeUnits`,
  `${path}/directory/administrativeUnits`,
];

const of = (verb: string, ...paths: readonly string[]): readonly string[] => paths.map((path) => `${verb} ${path}`);

/** Who is where: groups and units of a principal, directly or through others. */
const places = (set: string): readonly string[] =>
  of(
    'GET',
    `${set}/:id/memberOf`,
    `${set}/:id/memberOf/:cast`,
    `${set}/:id/transitiveMemberOf`,
    `${set}/:id/transitiveMemberOf/:cast`,
  );

/** Changes of people with a privileged role need more: the controllers ask `SwitchingRights`. */
const userRows: readonly PermissionRow[] = [
  ...own(['GET /me'], scope.READ_ME),
  ...own(['GET /me/manager'], scope.READ_MANAGERS),
  ...own(['GET /me/directReports'], scope.READ_USERS),
  ...own(of('GET', '/me/memberOf', '/me/memberOf/:cast', '/me/transitiveMemberOf', '/me/transitiveMemberOf/:cast'), [
    ...scope.READ_ME,
    ...scope.READ_GROUPS,
  ]),
  ...rows(of('GET', '/users', '/users/:id', '/users/:id/directReports'), scope.READ_USERS, 'any-user'),
  ...rows(['GET /users/:id/manager'], scope.READ_MANAGERS, 'any-user'),
  ...rows(places('/users'), [...scope.READ_GROUPS, ...scope.READ_USERS], 'any-user'),
  ...rows(
    [
      'POST /users',
      'PATCH /users/:id',
      'DELETE /users/:id',
      'PUT /users/:id/manager/$ref',
      'DELETE /users/:id/manager/$ref',
    ],
    scope.WRITE_USERS,
    role.ACCOUNT_ADMINISTRATORS,
  ),
];

/** Owners may change their group, and role-assignable ones need more: the controllers ask `GroupRights`. */
const groupRows: readonly PermissionRow[] = [
  ...rows(
    of('GET', '/groups', '/groups/:id', '/groups/:id/members', '/groups/:id/members/:cast', '/groups/:id/owners'),
    scope.READ_GROUPS,
    'any-user',
  ),
  ...rows(
    of('GET', '/groups/:id/transitiveMembers', '/groups/:id/transitiveMembers/:cast'),
    scope.READ_GROUPS,
    'any-user',
  ),
  ...rows(places('/groups'), scope.READ_GROUPS, 'any-user'),
  ...rows(['POST /groups', 'PATCH /groups/:id', 'DELETE /groups/:id'], scope.WRITE_GROUPS, 'handler'),
  ...rows(
    ['POST /groups/:id/members/$ref', 'DELETE /groups/:id/members/:memberId/$ref'],
    scope.WRITE_MEMBERS,
    'handler',
  ),
  ...rows(['POST /groups/:id/owners/$ref', 'DELETE /groups/:id/owners/:ownerId/$ref'], scope.WRITE_GROUPS, 'handler'),
];

const applicationRows: readonly PermissionRow[] = [
  ...rows(of('GET', '/servicePrincipals', '/servicePrincipals/:id'), scope.READ_APPLICATIONS, 'any-user'),
  ...rows(places('/servicePrincipals'), scope.READ_APPLICATIONS, 'any-user'),
  ...rows(
    ['POST /servicePrincipals', 'PATCH /servicePrincipals/:id', 'DELETE /servicePrincipals/:id'],
    scope.WRITE_APPLICATIONS,
    role.APPLICATION_ADMINISTRATORS,
  ),
];

const unitRows: readonly PermissionRow[] = both('').flatMap((set) => [
  ...rows(of('GET', set, `${set}/:id`, `${set}/:id/members`, `${set}/:id/members/:cast`), scope.READ_UNITS, 'any-user'),
  ...rows(
    [
      `POST ${set}`,
      `PATCH ${set}/:id`,
      `DELETE ${set}/:id`,
      `POST ${set}/:id/members/$ref`,
      `DELETE ${set}/:id/members/:memberId/$ref`,
    ],
    scope.WRITE_UNITS,
    role.ADMINISTRATORS,
  ),
]);

const otherRows: readonly PermissionRow[] = [
  ...rows(['GET /directoryObjects/:id', 'POST /directoryObjects/getByIds'], scope.READ_OBJECTS, 'any-user'),
  ...rows(
    of('GET', '/directoryRoles', '/directoryRoles/:id', '/directoryRoleTemplates', '/directoryRoleTemplates/:id'),
    scope.READ_ROLES,
    'any-user',
  ),
  // Who holds a role is nobody's business but a reader's, as in `roleAssignments`.
  ...rows(
    of('GET', '/directoryRoles/:id/members', '/directoryRoles/:id/members/:cast'),
    scope.READ_ROLES,
    role.ASSIGNMENT_READERS,
  ),
  ...rows(
    ['POST /directoryRoles/:id/members/$ref', 'DELETE /directoryRoles/:id/members/:memberId/$ref'],
    scope.WRITE_ROLES,
    role.ADMINISTRATORS,
  ),
  ...rows(of('GET', '/organization', '/organization/:id'), scope.READ_ORGANIZATION, 'any-user'),
  ...rows(of('GET', '/subscribedSkus', '/subscribedSkus/:id'), scope.READ_SKUS, 'any-user'),
];

/** What the routes of the directory need (reference §1.13). */
export const directoryRows: readonly PermissionRow[] = [
  ...userRows,
  ...groupRows,
  ...applicationRows,
  ...unitRows,
  ...otherRows,
];
