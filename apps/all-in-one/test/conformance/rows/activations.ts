import type { Row } from '../row';
import { activate, end, forHours } from './bodies';

const set = 'roleManagement/directory';
const actives = `${set}/roleAssignmentScheduleRequests`;
const activeRequest = 'unifiedRoleAssignmentScheduleRequest';

const expanded = ['principal', 'roleDefinition', 'directoryScope', 'appScope', 'targetSchedule', 'activatedUsing'];

/** reference §1.3 as far as people act for themselves, and of §2 and §4 what its answers show. */
export const activations: readonly Row[] = [
  {
    section: '4.12',
    says: 'isValidationOnly answers what would be',
    ask: `POST ${actives}`,
    as: 'erin',
    body: activate('{userAdministrator}', { isValidationOnly: true }),
    keep: { validated: 'id' },
    answer: { status: 201, is: activeRequest, body: { isValidationOnly: true } },
  },
  {
    section: '4.12',
    says: 'and stores nothing',
    ask: `GET ${actives}/{validated}`,
    answer: { status: 404, code: 'ResourceNotFound' },
  },
  {
    section: '1.3',
    says: 'selfActivate activates, and echoes the duration as it was written',
    ask: `POST ${actives}`,
    as: 'erin',
    body: activate('{userAdministrator}', { ...forHours('PT105M'), action: 'SelfActivate' }),
    keep: { activation: 'id' },
    answer: {
      status: 201,
      context: `#${actives}/$entity`,
      is: activeRequest,
      body: {
        action: 'selfActivate',
        status: 'Provisioned',
        scheduleInfo: { expiration: { type: 'afterDuration', duration: 'PT105M', endDateTime: null } },
        createdBy: { application: null, device: null, user: { id: '{erin}' } },
      },
    },
  },
  {
    section: '4.17',
    says: 'and the next GET shows the instance',
    ask: `GET ${set}/roleAssignmentScheduleInstances/filterByCurrentUser(on='principal')?$select=startDateTime&$filter=roleAssignmentScheduleId eq '{activation}'`,
    as: 'erin',
    answer: { status: 200, value: [{ startDateTime: '2026-03-02T08:00:00Z' }] },
  },
  {
    section: '1.3',
    says: 'gets one',
    ask: `GET ${actives}/{activation}`,
    answer: { status: 200, context: `#${actives}/$entity`, is: activeRequest },
  },
  {
    section: '1.3',
    says: 'lists them, filtered as clients do',
    ask: `GET ${actives}?$filter=principalId eq '{erin}' and createdDateTime ge 2026-01-01T00:00:00Z and Status eq 'Provisioned' and action eq 'selfactivate'`,
    answer: { status: 200, context: `#${actives}`, each: activeRequest, value: [{ id: '{activation}' }] },
  },
  {
    section: '1.3',
    says: 'expands all six navigations',
    ask: `GET ${actives}/{activation}?$expand=principal,roleDefinition,directoryScope,appScope,targetSchedule,activatedUsing`,
    answer: {
      status: 200,
      is: activeRequest,
      expands: expanded,
      body: {
        principal: { '@odata.type': '#microsoft.graph.user', id: '{erin}' },
        roleDefinition: { id: '{userAdministrator}' },
        directoryScope: null,
        appScope: null,
        targetSchedule: { id: '{activation}', assignmentType: 'Activated' },
        activatedUsing: { principalId: '{erin}', status: 'Provisioned' },
      },
    },
  },
  {
    section: '2.4',
    says: 'lists what one created',
    ask: `GET ${actives}/filterByCurrentUser(on='createdBy')`,
    as: 'erin',
    answer: { status: 200, context: `#Collection(${activeRequest})`, value: [{ id: '{activation}' }] },
  },
  {
    section: '2.4',
    says: 'knows no other member',
    ask: `GET ${actives}/filterByCurrentUser(on='subject')`,
    as: 'erin',
    answer: { status: 400 },
  },
  {
    section: '4.7',
    says: 'one cannot activate what is active',
    ask: `POST ${actives}`,
    as: 'erin',
    body: activate('{userAdministrator}'),
    answer: { status: 400, code: 'RoleAssignmentExists', says: 'The Role assignment already exists.' },
  },
  {
    section: '4.8',
    says: 'nothing is deactivated within five minutes',
    ask: `POST ${actives}`,
    as: 'erin',
    body: end('selfDeactivate', '{erin}', '{userAdministrator}'),
    answer: {
      status: 400,
      code: 'ActiveDurationTooShort',
      says: 'The Active duration is too short. Miniumum Required is 5 minutes.',
    },
  },
  {
    section: '4.9',
    says: 'selfDeactivate ends it',
    ask: `POST ${actives}`,
    as: 'erin',
    later: 6,
    body: end('selfDeactivate', '{erin}', '{userAdministrator}'),
    answer: {
      status: 201,
      is: activeRequest,
      body: { status: 'Revoked', completedDateTime: null, scheduleInfo: null },
    },
  },
  {
    section: '4.9',
    says: 'and leaves the eligibility alone',
    ask: `GET ${set}/roleEligibilityScheduleInstances?$filter=principalId eq '{erin}' and roleDefinitionId eq '{userAdministrator}'`,
    answer: { status: 200, value: 1 },
  },
  {
    section: '4.7',
    says: 'nothing is deactivated twice',
    ask: `POST ${actives}`,
    as: 'erin',
    body: end('selfDeactivate', '{erin}', '{userAdministrator}'),
    answer: { status: 400, code: 'RoleAssignmentDoesNotExist', says: 'The Role assignment does not exist.' },
  },
  {
    section: '4.4',
    says: 'an activation without an expiration lasts as long as the policy lets it',
    ask: `POST ${actives}`,
    as: 'erin',
    body: activate('{userAdministrator}', { scheduleInfo: null }),
    keep: { longest: 'id' },
    answer: { status: 201, body: { status: 'Provisioned' } },
  },
  {
    section: '4.4',
    says: 'which is eight hours by default',
    ask: `GET ${set}/roleAssignmentScheduleInstances?$filter=roleAssignmentScheduleId eq '{longest}'&$select=endDateTime`,
    answer: { status: 200, value: [{ endDateTime: '2026-03-02T16:06:00Z' }] },
  },
];
