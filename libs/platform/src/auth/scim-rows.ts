import * as role from './directory-role-ids';
import type { PermissionRow, ProtectedRow, RoleRule } from './permission-row';
import * as scope from './scopes';

const rows = (routes: readonly string[], permissions: readonly string[], roles: RoleRule): ProtectedRow[] =>
  routes.map((route) => ({ route, delegated: permissions, application: [...permissions, scope.SCIM], roles }));

const reads = (set: string): readonly string[] => [`GET ${set}`, `GET ${set}/:id`, `POST ${set}/.search`];

const writes = (set: string): readonly string[] => [
  `POST ${set}`,
  `PUT ${set}/:id`,
  `PATCH ${set}/:id`,
  `DELETE ${set}/:id`,
];

const about = ['ServiceProviderConfig', 'ResourceTypes', 'ResourceTypes/:id', 'Schemas', 'Schemas/:id'];

/**
 * What provisioning needs (RFC 7644): the same as the directory of Graph, or a permission of its own. People with a
 * privileged role and role-assignable groups need more: the controllers ask `SwitchingRights` and `GroupRights`.
 */
export const scimRows: readonly PermissionRow[] = [
  ...about.map((path) => ({ route: `GET /scim/v2/${path}`, access: 'public' as const })),
  ...rows(reads('/scim/v2/Users'), scope.READ_USERS, 'any-user'),
  ...rows(writes('/scim/v2/Users'), scope.WRITE_USERS, role.ACCOUNT_ADMINISTRATORS),
  ...rows(reads('/scim/v2/Groups'), scope.READ_GROUPS, 'any-user'),
  ...rows(writes('/scim/v2/Groups'), scope.WRITE_GROUPS, 'handler'),
];
