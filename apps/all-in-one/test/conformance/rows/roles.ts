import type { Row } from '../row';

const set = 'roleManagement/directory';
const definitions = `${set}/roleDefinitions`;
const assignments = `${set}/roleAssignments`;

/** reference §1.1 and §1.2 */
export const roles: readonly Row[] = [
  {
    section: '1.1',
    says: 'lists the role definitions',
    ask: `GET ${definitions}?$top=999`,
    answer: { status: 200, context: `#${definitions}`, each: 'unifiedRoleDefinition' },
  },
  {
    section: '1.1',
    says: 'filters by id, displayName and isBuiltIn',
    ask: `GET ${definitions}?$filter=isBuiltIn eq true and displayName in ('User Administrator') and id eq '{userAdministrator}'`,
    answer: { status: 200, value: [{ id: '{userAdministrator}', templateId: '{userAdministrator}' }] },
  },
  {
    section: '1.1',
    says: 'expands what a role inherits from',
    ask: `GET ${definitions}/{userAdministrator}?$expand=inheritsPermissionsFrom`,
    answer: {
      status: 200,
      context: `#${definitions}(inheritsPermissionsFrom())/$entity`,
      is: 'unifiedRoleDefinition',
      expands: ['inheritsPermissionsFrom'],
      body: { inheritsPermissionsFrom: [{ displayName: 'Directory Readers' }] },
    },
  },
  {
    section: '1.1',
    says: 'answers 404 for a role that does not exist',
    ask: `GET ${definitions}/{nowhere}`,
    answer: { status: 404, code: 'ResourceNotFound' },
  },
  {
    section: '1.1',
    says: 'tells in beta which roles are privileged',
    ask: `GET /beta/${definitions}/{globalAdministrator}`,
    answer: {
      status: 200,
      is: 'unifiedRoleDefinition',
      body: { isPrivileged: true, allowedPrincipalTypes: 'user,servicePrincipal,group' },
    },
    differs: '`allowedPrincipalTypes` is the same for every role: the published catalogue does not tell it.',
  },
  {
    section: '1.2',
    says: 'lists who holds roles, with or without a filter',
    ask: `GET ${assignments}`,
    answer: { status: 200, context: `#${assignments}`, each: 'unifiedRoleAssignment' },
  },
  {
    section: '1.2',
    says: 'filters by principal and by role, and expands',
    ask: `GET ${assignments}?$filter=roleDefinitionId eq '{globalAdministrator}'&$expand=principal,roleDefinition,directoryScope`,
    keep: { held: 'value.0.id' },
    answer: {
      status: 200,
      each: 'unifiedRoleAssignment',
      expands: ['principal', 'roleDefinition', 'directoryScope'],
      value: [
        {
          principal: { '@odata.type': '#microsoft.graph.user', id: '{ada}' },
          roleDefinition: { displayName: 'Global Administrator' },
          directoryScope: null,
        },
      ],
    },
  },
  {
    section: '1.2',
    says: 'has the same id as the instance',
    ask: `GET ${set}/roleAssignmentScheduleInstances/{held}`,
    answer: { status: 200, body: { id: '{held}', roleAssignmentOriginId: '{held}', principalId: '{ada}' } },
  },
  {
    section: '1.2',
    says: 'gets one',
    ask: `GET ${assignments}/{held}`,
    answer: {
      status: 200,
      context: `#${assignments}/$entity`,
      is: 'unifiedRoleAssignment',
      body: { directoryScopeId: '/', appScopeId: null, principalId: '{ada}' },
    },
  },
];
