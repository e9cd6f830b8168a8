import type { Row } from '../row';
import { assign } from './bodies';

const set = 'roleManagement/directory';
const assignments = `${set}/roleAssignments`;
const type = 'unifiedRoleAssignment';

const about = (principalId: string, roleDefinitionId: string, directoryScopeId = '/') => ({
  '@odata.type': '#microsoft.graph.unifiedRoleAssignment',
  principalId,
  roleDefinitionId,
  directoryScopeId,
});

/** reference §1.2, §4.6 and §4.9 */
export const standing: readonly Row[] = [
  {
    section: '1.2',
    says: 'creates a standing assignment',
    ask: `POST ${assignments}`,
    as: 'paul',
    body: about('{bob}', '{securityReader}'),
    keep: { made: 'id' },
    answer: {
      status: 201,
      context: `#${assignments}/$entity`,
      is: type,
      body: { principalId: '{bob}', directoryScopeId: '/' },
    },
  },
  {
    section: '1.2',
    says: 'a second one like it conflicts',
    ask: `POST ${assignments}`,
    as: 'paul',
    body: about('{bob}', '{securityReader}'),
    answer: { status: 400, code: 'Request_BadRequest', says: 'conflicting object' },
  },
  {
    section: '1.6',
    says: 'made outside PIM, it has an instance without dates',
    ask: `GET ${set}/roleAssignmentScheduleInstances/{made}`,
    answer: {
      status: 200,
      is: 'unifiedRoleAssignmentScheduleInstance',
      body: { startDateTime: null, endDateTime: null, assignmentType: 'Assigned', roleAssignmentScheduleId: '{made}' },
    },
  },
  {
    section: '4.1',
    says: 'and a schedule under the same id, made by no request',
    ask: `GET ${set}/roleAssignmentSchedules/{made}`,
    answer: { status: 200, is: 'unifiedRoleAssignmentSchedule', body: { createdUsing: null, status: 'Provisioned' } },
  },
  {
    section: '1.2',
    says: 'lists what somebody has through groups too',
    given: [{ ask: `POST ${assignments}`, as: 'paul', body: about('{helpdesk}', '{securityReader}') }],
    ask: `GET /beta/${set}/transitiveRoleAssignments?$count=true&$filter=principalId eq '{grace}'`,
    headers: { consistencylevel: 'eventual' },
    answer: { status: 200, context: `#${set}/transitiveRoleAssignments`, value: [{ principalId: '{helpdesk}' }] },
  },
  {
    section: '1.2',
    says: 'and of that what else the filter names',
    ask: `GET /beta/${set}/transitiveRoleAssignments?$count=true&$filter=principalId eq '{grace}' and roleDefinitionId eq '{globalAdministrator}'`,
    headers: { consistencylevel: 'eventual' },
    answer: { status: 200, value: [] },
  },
  {
    section: '1.2',
    says: 'which is an advanced query',
    ask: `GET /beta/${set}/transitiveRoleAssignments?$filter=principalId eq '{grace}'`,
    answer: { status: 400, code: 'Request_UnsupportedQuery' },
  },
  {
    section: '1.2',
    says: 'deletes it',
    ask: `DELETE ${assignments}/{made}`,
    as: 'paul',
    answer: { status: 204 },
  },
  {
    section: '1.2',
    says: 'and then it is gone',
    ask: `GET ${assignments}/{made}`,
    answer: { status: 404 },
  },
  {
    section: '4.11',
    says: 'the last Global Administrator is not deleted',
    given: [
      {
        ask: `GET ${assignments}?$filter=roleDefinitionId eq '{globalAdministrator}'`,
        keep: { last: 'value.0.id' },
      },
    ],
    ask: `DELETE ${assignments}/{last}`,
    as: 'paul',
    answer: { status: 400, code: 'Request_BadRequest', says: 'last permanent' },
  },
  {
    section: '4.6',
    says: 'a role is held in an administrative unit',
    given: [{ ask: 'POST administrativeUnits', body: { displayName: 'Branches' }, keep: { unit: 'id' } }],
    ask: `POST ${set}/roleEligibilityScheduleRequests`,
    as: 'paul',
    body: assign('{bob}', '{helpdeskAdministrator}', { directoryScopeId: '/administrativeUnits/{unit}' }),
    answer: { status: 201, body: { status: 'Provisioned', directoryScopeId: '/administrativeUnits/{unit}' } },
  },
  {
    section: '4.6',
    says: 'an activation elsewhere is another scope',
    ask: `POST ${set}/roleAssignmentScheduleRequests`,
    as: 'bob',
    body: {
      action: 'selfActivate',
      principalId: '{bob}',
      roleDefinitionId: '{helpdeskAdministrator}',
      directoryScopeId: '/',
      justification: 'Everywhere',
    },
    answer: { status: 400, code: 'InvalidScope' },
  },
  {
    section: '4.6',
    says: 'not every role is for one',
    ask: `POST ${assignments}`,
    as: 'paul',
    body: about('{bob}', '{globalAdministrator}', '/administrativeUnits/{unit}'),
    answer: {
      status: 400,
      code: 'Request_BadRequest',
      says: 'not supported to be assigned to a single resource scope',
    },
  },
  {
    section: '0.3',
    says: 'expands the unit',
    ask: `GET ${set}/roleEligibilityScheduleInstances?$filter=principalId eq '{bob}'&$expand=directoryScope`,
    answer: {
      status: 200,
      value: [{ directoryScope: { '@odata.type': '#microsoft.graph.administrativeUnit', displayName: 'Branches' } }],
    },
  },
];
