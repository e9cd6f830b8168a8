import type { Row } from '../row';
import { activate, assign, end, forHours } from './bodies';

const set = 'roleManagement/directory';
const actives = `${set}/roleAssignmentScheduleRequests`;
const eligibles = `${set}/roleEligibilityScheduleRequests`;
const activeRequest = 'unifiedRoleAssignmentScheduleRequest';
const eligibleRequest = 'unifiedRoleEligibilityScheduleRequest';

/** reference §1.3 as far as administrators act, and of §2 and §4 what its answers show. */
export const assignmentRequests: readonly Row[] = [
  {
    section: '4.9',
    says: 'adminRemove of an eligibility takes its activations with it',
    later: 10,
    ask: `POST ${eligibles}`,
    as: 'paul',
    body: end('adminRemove', '{erin}', '{userAdministrator}'),
    answer: { status: 201, is: eligibleRequest, body: { status: 'Revoked', targetScheduleId: null } },
  },
  {
    section: '4.9',
    says: 'so that nothing is active any more',
    ask: `GET ${set}/roleAssignments?$filter=principalId eq '{erin}'`,
    answer: { status: 200, value: [] },
  },
  {
    section: '1.3',
    says: 'adminAssign makes somebody active',
    ask: `POST ${actives}`,
    as: 'automation',
    body: assign('{bob}', '{securityReader}', forHours('P10D')),
    keep: { standing: 'id' },
    answer: {
      status: 201,
      is: activeRequest,
      body: { status: 'Provisioned', createdBy: { user: null, application: { displayName: null } } },
    },
  },
  {
    section: '4.14',
    says: 'a service principal can be active',
    ask: `POST ${actives}`,
    as: 'paul',
    body: assign('{automation}', '{securityReader}', forHours('P10D')),
    answer: { status: 201, body: { status: 'Provisioned' } },
  },
  {
    section: '4.14',
    says: 'a role-assignable group can be active',
    ask: `POST ${actives}`,
    as: 'paul',
    body: assign('{helpdesk}', '{securityReader}', forHours('P10D')),
    answer: { status: 201, body: { status: 'Provisioned' } },
  },
  {
    section: '4.14',
    says: 'and each of its members then is, through the group',
    ask: `GET ${set}/roleAssignmentScheduleInstances/filterByCurrentUser(on='principal')`,
    as: 'grace',
    answer: { status: 200, value: [{ memberType: 'Group', principalId: '{grace}', assignmentType: 'Assigned' }] },
  },
  {
    section: '4.9',
    says: 'adminRemove ends what an administrator gave',
    later: 6,
    ask: `POST ${actives}`,
    as: 'paul',
    body: end('adminRemove', '{bob}', '{securityReader}'),
    answer: { status: 201, body: { status: 'Revoked', scheduleInfo: null, completedDateTime: null } },
  },
  {
    section: '1.3',
    says: 'cancel has no body and answers none',
    given: [
      {
        ask: `POST ${actives}`,
        as: 'erin',
        body: activate('{securityAdministrator}'),
        keep: { waiting: 'id' },
      },
    ],
    ask: `POST ${actives}/{waiting}/cancel`,
    as: 'erin',
    answer: { status: 204 },
  },
  {
    section: '2.2',
    says: 'a cancelled request is Canceled',
    ask: `GET ${actives}/{waiting}`,
    as: 'erin',
    answer: { status: 200, is: activeRequest, body: { status: 'Canceled', approvalId: '{waiting}' } },
  },
  {
    section: '1.3',
    says: 'takes a request with a slash at the end of the path',
    ask: `POST ${actives}/`,
    as: 'frank',
    body: activate('{userAdministrator}', { principalId: '{frank}' }),
    answer: { status: 201 },
  },
  {
    section: '4.18',
    says: 'what is canceled cannot be cancelled again',
    later: 1,
    ask: `POST ${actives}/{waiting}/cancel`,
    as: 'erin',
    answer: { status: 400, code: 'InvalidRoleAssignmentRequest' },
  },
  {
    section: '1.3',
    says: 'there is no PATCH',
    ask: `PATCH ${actives}/{waiting}`,
    body: {},
    answer: { status: 405, code: 'Request_UnsupportedQuery', headers: { allow: 'GET' } },
  },
];
