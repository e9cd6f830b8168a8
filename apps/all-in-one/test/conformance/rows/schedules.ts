import type { Row } from '../row';

const set = 'roleManagement/directory';

/** The documented reads of one read-only set (reference §1.5, §1.6), and what only it has. */
const reads = (name: string, type: string, section: string, navigations: readonly string[]): readonly Row[] => [
  {
    section,
    says: 'lists them',
    ask: `GET ${set}/${name}`,
    keep: { one: 'value.0.id' },
    answer: { status: 200, context: `#${set}/${name}`, each: type },
  },
  {
    section,
    says: 'gets one',
    ask: `GET ${set}/${name}/{one}`,
    answer: { status: 200, context: `#${set}/${name}/$entity`, is: type, body: { id: '{one}' } },
  },
  {
    section,
    says: `expands ${navigations.join(', ')}`,
    ask: `GET ${set}/${name}/{one}?$expand=${navigations.join(',')}`,
    answer: {
      status: 200,
      context: `#${set}/${name}(${navigations.map((one) => `${one}()`).join(',')})/$entity`,
      is: type,
      expands: navigations,
    },
  },
  {
    section,
    says: 'lists one’s own',
    ask: `GET ${set}/${name}/filterByCurrentUser(on='principal')`,
    as: 'erin',
    answer: { status: 200, context: `#Collection(${type})`, each: type },
  },
  {
    section,
    says: 'is asked by principal only',
    ask: `GET ${set}/${name}/filterByCurrentUser(on='createdBy')`,
    as: 'erin',
    answer: { status: 400 },
  },
  {
    section,
    says: 'answers 404 for one that is not there',
    ask: `GET ${set}/${name}/{nowhere}`,
    answer: { status: 404, code: 'ResourceNotFound' },
  },
  {
    section,
    says: 'filters by principal, role, scope, kind of membership and a null app scope',
    ask: `GET ${set}/${name}?$filter=principalId eq '{erin}' and roleDefinitionId ne '{nowhere}' and directoryScopeId eq '/' and memberType eq 'Direct' and appScopeId eq null`,
    answer: { status: 200, each: type },
  },
];

const base = ['principal', 'roleDefinition', 'directoryScope', 'appScope'];

/** reference §1.5 and §1.6 */
export const schedules: readonly Row[] = [
  {
    section: '4.1',
    says: 'an activation appears as schedule, instance and role assignment',
    ask: `POST ${set}/roleAssignmentScheduleRequests`,
    as: 'erin',
    body: {
      action: 'selfActivate',
      principalId: '{erin}',
      roleDefinitionId: '{userAdministrator}',
      directoryScopeId: '/',
      justification: 'Reset a locked account',
      scheduleInfo: { expiration: { type: 'afterDuration', duration: 'PT1H' } },
    },
    keep: { activation: 'id' },
    answer: { status: 201 },
  },
  ...reads('roleAssignmentSchedules', 'unifiedRoleAssignmentSchedule', '1.5', [...base, 'activatedUsing']),
  ...reads('roleEligibilitySchedules', 'unifiedRoleEligibilitySchedule', '1.5', base),
  ...reads('roleAssignmentScheduleInstances', 'unifiedRoleAssignmentScheduleInstance', '1.6', [
    ...base,
    'activatedUsing',
  ]),
  ...reads('roleEligibilityScheduleInstances', 'unifiedRoleEligibilityScheduleInstance', '1.6', base),
  {
    section: '1.5',
    says: 'filters by what made it, its status and its type',
    ask: `GET ${set}/roleAssignmentSchedules?$filter=createdUsing eq '{activation}' and status eq 'Provisioned' and assignmentType eq 'Activated'`,
    answer: {
      status: 200,
      value: [
        {
          id: '{activation}',
          memberType: 'Direct',
          modifiedDateTime: '0001-01-01T08:00:00Z',
          scheduleInfo: { startDateTime: '2026-03-02T08:00:00Z', recurrence: null },
        },
      ],
    },
  },
  {
    section: '1.6',
    says: 'filters by schedule and origin, and compares times',
    ask: `GET ${set}/roleAssignmentScheduleInstances?$filter=roleAssignmentScheduleId eq '{activation}' and roleAssignmentOriginId ne '{nowhere}' and endDateTime gt 2026-03-02T08:30:00Z`,
    answer: { status: 200, value: [{ assignmentType: 'Activated', endDateTime: '2026-03-02T09:00:00Z' }] },
  },
  {
    section: '1.6',
    says: 'has no end when it is for good',
    ask: `GET ${set}/roleAssignmentScheduleInstances?$filter=principalId eq '{ada}'`,
    answer: { status: 200, value: [{ endDateTime: null, assignmentType: 'Assigned' }] },
  },
  {
    section: '1.6',
    says: 'shows what one has through a group as one’s own',
    ask: `GET ${set}/roleEligibilityScheduleInstances/filterByCurrentUser(on='principal')`,
    as: 'grace',
    answer: { status: 200, value: [{ memberType: 'Group', principalId: '{grace}' }] },
  },
  {
    section: '1.6',
    says: 'keeps the eligibility listed while its activation runs',
    ask: `GET ${set}/roleEligibilityScheduleInstances?$filter=principalId eq '{erin}' and roleDefinitionId eq '{userAdministrator}'`,
    answer: { status: 200, value: 1 },
  },
  {
    section: '4.9',
    says: 'an activation that is over is gone',
    later: 60,
    ask: `GET ${set}/roleAssignmentScheduleInstances?$filter=principalId eq '{erin}'`,
    answer: { status: 200, value: [] },
  },
  {
    section: '1.5',
    says: 'and its schedule with it',
    ask: `GET ${set}/roleAssignmentSchedules/{activation}`,
    answer: { status: 404, code: 'ResourceNotFound' },
  },
];
