import type { Row } from '../row';

const set = 'roleManagement/directory';
const eligibles = `${set}/roleEligibilityScheduleRequests`;
const actives = `${set}/roleAssignmentScheduleRequests`;
const type = 'unifiedRoleEligibilityScheduleRequest';

const about = (action: string, duration: string | null, more: object = {}) => ({
  action,
  principalId: '{frank}',
  roleDefinitionId: '{securityReader}',
  directoryScopeId: '/',
  justification: 'Agreed with the team lead',
  ...(duration ? { scheduleInfo: { expiration: { type: 'afterDuration', duration } } } : {}),
  ...more,
});

const days = (n: number) => n * 24 * 60;

/** reference §2.1, §4.10 and §4.11 */
export const lifecycle: readonly Row[] = [
  {
    section: '2.1',
    says: 'adminAssign gives',
    ask: `POST ${eligibles}`,
    as: 'paul',
    body: about('adminAssign', 'P20D'),
    keep: { given: 'id' },
    answer: { status: 201, is: type, body: { status: 'Provisioned' } },
  },
  {
    section: '4.7',
    says: 'nothing is given twice',
    ask: `POST ${eligibles}`,
    as: 'paul',
    body: about('adminAssign', 'P20D'),
    answer: { status: 400, code: 'RoleAssignmentExists' },
  },
  {
    section: '2.1',
    says: 'adminUpdate gives other times, under the id of the new request',
    ask: `POST ${eligibles}`,
    as: 'paul',
    body: about('adminUpdate', 'P25D', { targetScheduleId: '{given}' }),
    keep: { updated: 'id' },
    answer: { status: 201, is: type, body: { status: 'Provisioned', action: 'adminUpdate' } },
  },
  {
    section: '4.2',
    says: 'which is the id of the schedule then',
    ask: `GET ${set}/roleEligibilitySchedules/{updated}`,
    answer: { status: 200, is: 'unifiedRoleEligibilitySchedule', body: { createdUsing: '{updated}' } },
  },
  {
    section: '2.1',
    says: 'adminExtend moves the end',
    ask: `POST ${eligibles}`,
    as: 'paul',
    body: about('adminExtend', 'P30D'),
    answer: { status: 201, is: type, body: { status: 'Provisioned', action: 'adminExtend' } },
  },
  {
    section: '4.10',
    says: 'selfExtend is too early before the last 14 days',
    ask: `POST ${eligibles}`,
    as: 'frank',
    body: about('selfExtend', 'P60D'),
    answer: { status: 400, code: 'InvalidRoleAssignmentRequest' },
  },
  {
    section: '4.10',
    says: 'selfExtend waits for an administrator',
    later: days(20),
    ask: `POST ${eligibles}`,
    as: 'frank',
    body: about('selfExtend', 'P60D'),
    keep: { asked: 'id' },
    answer: { status: 201, is: type, body: { status: 'PendingAdminDecision', approvalId: null } },
  },
  {
    section: '4.10',
    says: 'one request at a time',
    ask: `POST ${eligibles}`,
    as: 'frank',
    body: about('selfExtend', 'P60D'),
    answer: { status: 400, code: 'PendingRoleAssignmentRequest' },
  },
  {
    section: '4.18',
    says: 'cancel takes back what waits',
    ask: `POST ${eligibles}/{asked}/cancel`,
    as: 'frank',
    answer: { status: 204 },
  },
  {
    section: '4.10',
    says: 'selfRenew is for what has ended',
    ask: `POST ${eligibles}`,
    as: 'frank',
    body: about('selfRenew', 'P60D'),
    answer: { status: 400 },
  },
  {
    section: '2.1',
    says: 'selfRenew waits for an administrator',
    later: days(15),
    ask: `POST ${eligibles}`,
    as: 'frank',
    body: about('selfRenew', 'P60D'),
    keep: { renewal: 'id' },
    answer: { status: 201, body: { status: 'PendingAdminDecision' } },
  },
  {
    section: '4.3',
    says: 'who decides by a call beside Graph, which has none for it',
    ask: 'POST /openpim/v1/scheduleRequests/{renewal}/decision',
    as: 'paul',
    body: { decision: 'Approve', justification: 'Agreed' },
    answer: { status: 200, body: { status: 'Provisioned' } },
    differs: 'Microsoft has no API for this decision; it is an extension under `/openpim/v1`.',
  },
  {
    section: '2.1',
    says: 'adminRemove ends it',
    later: 6,
    ask: `POST ${eligibles}`,
    as: 'paul',
    body: about('adminRemove', null),
    answer: { status: 201, is: type, body: { status: 'Revoked' } },
  },
  {
    section: '4.10',
    says: 'what was ended early cannot be renewed',
    ask: `POST ${eligibles}`,
    as: 'paul',
    body: about('adminRenew', 'P10D'),
    answer: { status: 400, code: 'RoleAssignmentDoesNotExist' },
  },
  {
    section: '2.1',
    says: 'adminRenew brings back what has expired',
    given: [
      { ask: `POST ${eligibles}`, as: 'paul', body: about('adminAssign', 'P1D') },
      { ask: 'GET me', later: days(2) },
    ],
    ask: `POST ${eligibles}`,
    as: 'paul',
    body: about('adminRenew', 'P10D'),
    answer: { status: 201, is: type, body: { status: 'Provisioned', action: 'adminRenew' } },
  },
  {
    section: '4.11',
    says: 'the last Global Administrator cannot be removed',
    ask: `POST ${actives}`,
    as: 'paul',
    body: about('adminRemove', null, { principalId: '{ada}', roleDefinitionId: '{globalAdministrator}' }),
    answer: { status: 400, code: 'InvalidRoleAssignmentRequest' },
  },
  {
    section: '4.11',
    says: 'nor the last Privileged Role Administrator',
    ask: `POST ${actives}`,
    as: 'ada',
    body: about('adminRemove', null, { principalId: '{paul}', roleDefinitionId: '{privilegedRoleAdministrator}' }),
    answer: { status: 400, code: 'InvalidRoleAssignmentRequest' },
  },
];
