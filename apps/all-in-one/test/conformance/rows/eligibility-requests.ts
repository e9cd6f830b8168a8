import type { Row } from '../row';
import { activate, assign, forHours } from './bodies';

const set = 'roleManagement/directory';
const eligibles = `${set}/roleEligibilityScheduleRequests`;
const eligibleRequest = 'unifiedRoleEligibilityScheduleRequest';

const expanded = ['principal', 'roleDefinition', 'directoryScope', 'appScope', 'targetSchedule'];

/** reference §1.4, and of §2 and §4 what its answers show. */
export const eligibilityRequests: readonly Row[] = [
  {
    section: '1.4',
    says: 'adminAssign makes somebody eligible',
    ask: `POST ${eligibles}`,
    as: 'paul',
    body: assign('{heidi}', '{userAdministrator}', forHours('P30D')),
    keep: { eligibility: 'id' },
    answer: {
      status: 201,
      context: `#${eligibles}/$entity`,
      is: eligibleRequest,
      body: {
        action: 'adminAssign',
        status: 'Provisioned',
        principalId: '{heidi}',
        approvalId: null,
        appScopeId: null,
        scheduleInfo: {
          startDateTime: '2026-03-02T08:00:00Z',
          recurrence: null,
          expiration: { type: 'afterDuration', duration: 'P30D', endDateTime: null },
        },
        ticketInfo: { ticketNumber: null, ticketSystem: null },
        createdBy: { user: { id: '{paul}' } },
      },
    },
  },
  {
    section: '4.2',
    says: 'the request’s id is the id of its schedule',
    ask: `GET ${set}/roleEligibilitySchedules/{eligibility}`,
    answer: { status: 200, body: { id: '{eligibility}', createdUsing: '{eligibility}' } },
  },
  {
    section: '1.4',
    says: 'gets one',
    ask: `GET ${eligibles}/{eligibility}`,
    answer: {
      status: 200,
      context: `#${eligibles}/$entity`,
      is: eligibleRequest,
      body: { targetScheduleId: '{eligibility}' },
    },
  },
  {
    section: '1.4',
    says: 'lists them',
    ask: `GET ${eligibles}?$filter=principalId eq '{heidi}' and status eq 'provisioned'&$orderby=createdDateTime desc&$top=1`,
    answer: { status: 200, context: `#${eligibles}`, each: eligibleRequest, value: [{ id: '{eligibility}' }] },
  },
  {
    section: '1.4',
    says: 'expands everything but activatedUsing',
    ask: `GET ${eligibles}/{eligibility}?$expand=principal,roleDefinition,directoryScope,appScope,targetSchedule`,
    answer: {
      status: 200,
      is: eligibleRequest,
      expands: expanded,
      body: { targetSchedule: { id: '{eligibility}' }, principal: { id: '{heidi}' }, appScope: null },
    },
  },
  {
    section: '1.4',
    says: 'lists one’s own',
    ask: `GET ${eligibles}/filterByCurrentUser(on='principal')`,
    as: 'heidi',
    answer: { status: 200, context: `#Collection(${eligibleRequest})`, value: [{ id: '{eligibility}' }] },
  },
  {
    section: '1.4',
    says: 'does not take selfActivate',
    ask: `POST ${eligibles}`,
    as: 'erin',
    body: activate('{userAdministrator}'),
    answer: { status: 400, code: 'InvalidRoleAssignmentRequest' },
  },
  {
    section: '1.4',
    says: 'makes no service principal eligible',
    ask: `POST ${eligibles}`,
    as: 'paul',
    body: assign('{automation}', '{userAdministrator}'),
    answer: { status: 400 },
  },
  {
    section: '4.14',
    says: 'makes no group eligible that is not role-assignable',
    ask: `POST ${eligibles}`,
    as: 'paul',
    body: assign('{approvers}', '{userAdministrator}'),
    answer: { status: 400 },
  },
  {
    section: '2.2',
    says: 'a start to come is Granted until then',
    ask: `POST ${eligibles}`,
    as: 'paul',
    body: assign('{heidi}', '{securityReader}', {
      scheduleInfo: { startDateTime: '2026-03-03T08:00:00Z', expiration: { type: 'AfterDuration', duration: 'P5D' } },
    }),
    keep: { future: 'id' },
    answer: {
      status: 201,
      body: { status: 'Granted', completedDateTime: '2026-03-03T08:00:00Z' },
    },
  },
  {
    section: '4.18',
    says: 'and can be cancelled until then',
    ask: `POST ${eligibles}/{future}/cancel`,
    as: 'paul',
    answer: { status: 204 },
  },
  {
    section: '4.18',
    says: 'which removes its schedule',
    ask: `GET ${set}/roleEligibilitySchedules/{future}`,
    answer: { status: 404, code: 'ResourceNotFound' },
  },
  {
    section: '4.18',
    says: 'what is Provisioned cannot be cancelled',
    ask: `POST ${eligibles}/{eligibility}/cancel`,
    as: 'paul',
    answer: { status: 400, code: 'InvalidRoleAssignmentRequest' },
  },
];
