import type { Row } from '../row';

const definitions = 'roleManagement/directory/roleDefinitions';
const namespaces = 'roleManagement/directory/resourceNamespaces';

const reset = 'microsoft.directory/users/password/update';

/** A row about the catalogue of roles: all of them are in section 1.1. */
type Stated = Omit<Row, 'section'>;

const desk = {
  displayName: 'Password Desk',
  description: 'Resets passwords',
  isEnabled: true,
  version: '1.0',
  templateId: 'D0000000-0000-4000-8000-000000000001',
  rolePermissions: [{ allowedResourceActions: [reset] }],
};

const creating: readonly Stated[] = [
  {
    says: 'creates a custom role; the template’s id that was sent is its id',
    ask: `POST ${definitions}`,
    body: desk,
    keep: { desk: 'id' },
    answer: {
      status: 201,
      context: `#${definitions}/$entity`,
      is: 'unifiedRoleDefinition',
      body: {
        id: 'd0000000-0000-4000-8000-000000000001',
        templateId: 'd0000000-0000-4000-8000-000000000001',
        displayName: 'Password Desk',
        isBuiltIn: false,
        isEnabled: true,
        version: '1.0',
        resourceScopes: ['/'],
        rolePermissions: [{ allowedResourceActions: [reset], condition: null }],
      },
    },
  },
  {
    says: 'creates one from a name and permissions alone',
    ask: `POST ${definitions}`,
    body: { displayName: 'Plain', rolePermissions: [{ allowedResourceActions: [reset], condition: null }] },
    answer: { status: 201, body: { description: null, isEnabled: true, version: null } },
  },
  {
    says: 'gives a role settings of its own',
    ask: `GET policies/roleManagementPolicyAssignments?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq '{desk}'&$expand=policy`,
    answer: { status: 200, value: [{ roleDefinitionId: '{desk}', policy: { scopeType: 'DirectoryRole' } }] },
  },
  {
    says: 'inherits nothing as a custom role',
    ask: `GET ${definitions}('{desk}')?$expand=inheritsPermissionsFrom`,
    answer: { status: 200, expands: ['inheritsPermissionsFrom'], body: { inheritsPermissionsFrom: [] } },
  },
  {
    says: 'expands behind an expanded role what that inherits',
    ask: `GET roleManagement/directory/roleAssignments?$filter=principalId eq '{ada}'&$expand=roleDefinition($expand=inheritsPermissionsFrom)`,
    answer: {
      status: 200,
      value: [{ roleDefinition: { inheritsPermissionsFrom: [{ displayName: 'Directory Readers' }] } }],
    },
  },
  {
    says: 'tells in beta that a role with a privileged action is privileged',
    ask: `GET /beta/${definitions}/{desk}`,
    answer: { status: 200, is: 'unifiedRoleDefinition', body: { isPrivileged: true } },
    differs: 'Which actions are privileged is derived: those that no built-in role without privileges has.',
  },
  {
    says: 'finds custom roles',
    ask: `GET ${definitions}?$filter=isBuiltIn eq false and startswith(displayName,'Password')`,
    answer: { status: 200, value: [{ id: '{desk}' }] },
  },
  {
    says: 'refuses a name that a role has, in whatever case',
    ask: `POST ${definitions}`,
    body: { ...desk, templateId: null, displayName: 'USER administrator' },
    answer: { status: 400, code: 'Request_BadRequest', says: 'displayName' },
  },
  {
    says: 'refuses actions that do not exist',
    ask: `POST ${definitions}`,
    body: { displayName: 'Other', rolePermissions: [{ allowedResourceActions: ['microsoft.directory/all'] }] },
    answer: { status: 400, code: 'Request_BadRequest', says: 'microsoft.directory/all' },
  },
  {
    says: 'refuses a role without permissions',
    ask: `POST ${definitions}`,
    body: { displayName: 'Other' },
    answer: { status: 400, says: 'rolePermissions' },
  },
  {
    says: 'refuses conditions',
    ask: `POST ${definitions}`,
    body: {
      displayName: 'Other',
      rolePermissions: [{ allowedResourceActions: [reset], condition: '$ResourceIsSelf' }],
    },
    answer: { status: 400, says: 'condition is not supported' },
  },
  {
    says: 'refuses a template’s id that a role has',
    ask: `POST ${definitions}`,
    body: { ...desk, displayName: 'Other', templateId: '{userAdministrator}' },
    answer: { status: 409, code: 'Conflict' },
  },
  {
    says: 'is for Privileged Role Administrators',
    ask: `POST ${definitions}`,
    as: 'sam',
    body: desk,
    answer: { status: 403, code: 'Authorization_RequestDenied' },
  },
];

const changing: readonly Stated[] = [
  {
    says: 'changes a custom role, and answers nothing',
    ask: `PATCH ${definitions}/{desk}`,
    as: 'paul',
    body: { displayName: 'Desk', isEnabled: false, version: '1.1' },
    answer: { status: 204 },
  },
  {
    says: 'refuses another template’s id',
    ask: `PATCH ${definitions}/{desk}`,
    body: { templateId: '{nowhere}' },
    answer: { status: 400, code: 'Request_BadRequest', says: 'templateId' },
    differs:
      'Microsoft lets the id of a role change with it. Here assignments, settings and records name a role by its id, so it stays.',
  },
  {
    says: 'refuses to change a built-in role',
    ask: `PATCH ${definitions}/{userAdministrator}`,
    body: { isEnabled: false },
    answer: { status: 400, code: 'Request_BadRequest', says: 'built-in' },
  },
  {
    says: 'refuses to assign a role that is disabled',
    ask: 'POST roleManagement/directory/roleAssignmentScheduleRequests',
    body: {
      action: 'adminAssign',
      principalId: '{erin}',
      roleDefinitionId: '{desk}',
      directoryScopeId: '/',
      justification: 'Night shift',
      scheduleInfo: { expiration: { type: 'noExpiration' } },
    },
    answer: { status: 400, code: 'InvalidRoleAssignmentRequest', says: 'disabled' },
  },
  {
    says: 'refuses to delete a role that somebody has',
    ask: `DELETE ${definitions}/{desk}`,
    given: [
      { ask: `PATCH ${definitions}/{desk}`, body: { isEnabled: true } },
      {
        ask: 'POST roleManagement/directory/roleEligibilityScheduleRequests',
        body: {
          action: 'adminAssign',
          principalId: '{erin}',
          roleDefinitionId: '{desk}',
          directoryScopeId: '/',
          justification: 'Night shift',
          scheduleInfo: { expiration: { type: 'afterDuration', duration: 'PT1H' } },
        },
      },
    ],
    answer: { status: 400, code: 'Request_BadRequest', says: 'still assigned' },
  },
  {
    says: 'deletes a role that nobody has any more',
    ask: `DELETE ${definitions}/{desk}`,
    later: 61,
    answer: { status: 204 },
    differs: 'Deleting is final: the id is never used again.',
  },
  {
    says: 'refuses to delete a built-in role',
    ask: `DELETE ${definitions}/{userAdministrator}`,
    answer: { status: 400, code: 'Request_BadRequest', says: 'built-in' },
  },
  {
    says: 'answers 404 for a role that is gone',
    ask: `DELETE ${definitions}/{desk}`,
    answer: { status: 404 },
  },
];

const actions: readonly Stated[] = [
  {
    says: 'lists the namespaces of resource actions',
    ask: `GET /beta/${namespaces}`,
    answer: { status: 200, context: `#${namespaces}`, each: 'unifiedRbacResourceNamespace' },
    differs:
      'Served under v1.0 as well. The actions are those of the built-in roles, and those documented for custom ones.',
  },
  {
    says: 'answers one of them',
    ask: `GET /beta/${namespaces}/microsoft.directory`,
    answer: {
      status: 200,
      context: `#${namespaces}/$entity`,
      is: 'unifiedRbacResourceNamespace',
      body: { id: 'microsoft.directory', name: 'microsoft.directory' },
    },
  },
  {
    says: 'lists its actions, a hundred at a time',
    ask: `GET /beta/${namespaces}/microsoft.directory/resourceActions`,
    answer: {
      status: 200,
      context: `#${namespaces}('microsoft.directory')/resourceActions`,
      each: 'unifiedRbacResourceAction',
    },
    differs: '`description` is null, and `isPrivileged` is derived: neither is published as data.',
  },
  {
    says: 'filters actions by name and verb',
    ask: `GET /beta/${namespaces}/microsoft.directory/resourceActions?$filter=name eq '${reset}' and actionVerb eq 'PATCH' and isPrivileged eq true`,
    answer: { status: 200, value: [{ id: 'microsoft.directory-users-password-update-patch', name: reset }] },
  },
  {
    says: 'answers one action',
    ask: `GET /beta/${namespaces}/microsoft.directory/resourceActions/microsoft.directory-users-password-update-patch`,
    answer: {
      status: 200,
      context: `#${namespaces}('microsoft.directory')/resourceActions/$entity`,
      is: 'unifiedRbacResourceAction',
      body: { name: reset, actionVerb: 'PATCH', isPrivileged: true },
    },
  },
  {
    says: 'answers 404 for a namespace that does not exist',
    ask: `GET /beta/${namespaces}/microsoft.nowhere/resourceActions`,
    answer: { status: 404 },
  },
];

/** reference §1.1: what changes the catalogue, and what custom roles may allow. */
export const roleDefinitions: readonly Row[] = [...creating, ...changing, ...actions].map((row) => ({
  section: '1.1',
  ...row,
}));
