import type { Row } from '../row';
import { activate } from './bodies';
import { referTo, type Stated } from './directory-row';

const everyRoute = 'Every enabled built-in role is there, under its template’s id; none has to be activated first.';
const assignments = 'roleManagement/directory/roleAssignments';

const stated: readonly Stated[] = [
  {
    says: 'lists directory roles',
    ask: 'GET directoryRoles?$top=5',
    answer: { status: 200, context: '#directoryRoles' },
    differs: everyRoute,
  },
  {
    says: 'gets a directory role by its template',
    ask: "GET directoryRoles(roleTemplateId='{globalAdministrator}')",
    answer: { status: 200, body: { displayName: 'Global Administrator', roleTemplateId: '{globalAdministrator}' } },
  },
  {
    says: 'gets a directory role',
    ask: 'GET directoryRoles/{globalAdministrator}',
    answer: { status: 200, context: '#directoryRoles/$entity' },
  },
  {
    says: 'lists who holds a directory role now',
    ask: 'GET directoryRoles/{globalAdministrator}/members',
    answer: { status: 200, value: [{ id: '{ada}' }] },
  },
  {
    says: 'lists the people among them',
    ask: 'GET directoryRoles/{globalAdministrator}/members/microsoft.graph.user?$select=id',
    answer: { status: 200, value: [{ id: '{ada}' }] },
  },
  {
    says: 'gets a directory role with who holds it now',
    ask: 'GET directoryRoles/{globalAdministrator}?$expand=members',
    answer: { status: 200, body: { members: [{ '@odata.type': '#microsoft.graph.user', id: '{ada}' }] } },
  },
  {
    says: 'but not to somebody who may not know',
    ask: 'GET directoryRoles/{globalAdministrator}?$expand=members',
    as: 'erin',
    answer: { status: 403, code: 'Authorization_RequestDenied' },
  },
  {
    says: 'adds a member, for good and for the whole tenant',
    ask: "POST directoryRoles(roleTemplateId='{securityReader}')/members/$ref",
    as: 'paul',
    body: referTo('{bob}'),
    answer: { status: 204 },
  },
  {
    says: 'which is a standing assignment',
    ask: `GET ${assignments}?$filter=principalId eq '{bob}'`,
    answer: { status: 200, value: [{ roleDefinitionId: '{securityReader}', directoryScopeId: '/' }] },
  },
  {
    says: 'adds nobody twice',
    ask: 'POST directoryRoles/{securityReader}/members/$ref',
    as: 'paul',
    body: referTo('{bob}'),
    answer: { status: 400, code: 'Request_BadRequest', says: 'conflicting object' },
  },
  {
    says: 'adds members to no role that is not there',
    ask: 'POST directoryRoles/{nowhere}/members/$ref',
    as: 'paul',
    body: referTo('{bob}'),
    answer: { status: 404 },
  },
  {
    says: 'adds nobody by nobody’s right',
    ask: 'POST directoryRoles/{securityReader}/members/$ref',
    as: 'bob',
    body: referTo('{erin}'),
    answer: { status: 403, code: 'Authorization_RequestDenied' },
  },
  {
    says: 'removes a member',
    ask: 'DELETE directoryRoles/{securityReader}/members/{bob}/$ref',
    as: 'paul',
    answer: { status: 204 },
  },
  {
    says: 'removes nobody twice',
    ask: 'DELETE directoryRoles/{securityReader}/members/{bob}/$ref',
    as: 'paul',
    answer: { status: 404, code: 'Request_ResourceNotFound' },
  },
  {
    says: 'removes an activation as well',
    given: [
      {
        ask: 'POST roleManagement/directory/roleAssignmentScheduleRequests',
        as: 'erin',
        body: activate('{userAdministrator}'),
      },
    ],
    ask: 'DELETE directoryRoles/{userAdministrator}/members/{erin}/$ref',
    as: 'paul',
    answer: { status: 204 },
  },
  {
    says: 'after which there is none',
    ask: `GET ${assignments}?$filter=principalId eq '{erin}'`,
    answer: { status: 200, value: 0 },
  },
  {
    says: 'keeps the last administrator',
    ask: 'DELETE directoryRoles/{globalAdministrator}/members/{ada}/$ref',
    as: 'paul',
    answer: { status: 400, code: 'Request_BadRequest' },
  },
  {
    says: 'lists templates',
    ask: 'GET directoryRoleTemplates',
    answer: { status: 200, context: '#directoryRoleTemplates' },
  },
  {
    says: 'gets a template',
    ask: 'GET directoryRoleTemplates/{globalAdministrator}',
    answer: { status: 200, body: { displayName: 'Global Administrator' } },
  },
];

/** reference §1.13: roles and who holds them, as old scripts know them */
export const directoryRoles: readonly Row[] = stated.map((row) => ({ section: '1.13', ...row }));
