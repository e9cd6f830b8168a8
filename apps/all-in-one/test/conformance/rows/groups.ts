import type { Row } from '../row';
import { forHours } from './bodies';

const root = 'identityGovernance/privilegedAccess/group';
const actives = `${root}/assignmentScheduleRequests`;
const eligibles = `${root}/eligibilityScheduleRequests`;
const activeType = 'privilegedAccessGroupAssignmentScheduleRequest';
const eligibleType = 'privilegedAccessGroupEligibilityScheduleRequest';

const about = (action: string, who: string, more: object = {}) => ({
  accessId: 'member',
  groupId: '{helpdesk}',
  principalId: `{${who}}`,
  action,
  justification: 'On call this week',
  ...more,
});

const ofHelpdesk = "$filter=groupId eq '{helpdesk}'";

/** A list, one of it by id, and the caller's own. */
const readable = (name: string, type: string, key: string): readonly Row[] => [
  {
    section: '1.9',
    says: `lists ${name} of one group`,
    ask: `GET ${root}/${name}?${ofHelpdesk}`,
    as: 'paul',
    keep: { [key]: 'value.0.id' },
    answer: { status: 200, context: `#${root}/${name}`, each: type },
  },
  {
    section: '1.9',
    says: 'gets one of them, by an id of three parts',
    ask: `GET ${root}/${name}/{${key}}`,
    as: 'paul',
    answer: { status: 200, context: `#${root}/${name}/$entity`, is: type, body: { id: `{${key}}` } },
  },
  {
    section: '2.4',
    says: 'lists the caller’s own without a filter',
    ask: `GET ${root}/${name}/filterByCurrentUser(on='principal')`,
    as: 'erin',
    answer: { status: 200, context: `#Collection(${type})` },
  },
];

const mine = (set: string, type: string): readonly Row[] => [
  {
    section: '1.9',
    says: 'lists requests of one group',
    ask: `GET ${set}?${ofHelpdesk}&$orderby=createdDateTime desc`,
    as: 'paul',
    keep: { listed: 'value.0.id' },
    answer: { status: 200, context: `#${set}`, each: type },
  },
  {
    section: '1.9',
    says: 'gets a request by its GUID',
    ask: `GET ${set}/{listed}`,
    as: 'paul',
    answer: { status: 200, context: `#${set}/$entity`, is: type },
  },
  {
    section: '2.4',
    says: 'lists the caller’s own requests',
    ask: `GET ${set}/filterByCurrentUser(on='principal')`,
    as: 'erin',
    answer: { status: 200, context: `#Collection(${type})` },
  },
];

/** reference §1.9 */
export const groups: readonly Row[] = [
  {
    section: '1.9',
    says: 'makes somebody eligible for membership',
    ask: `POST ${eligibles}`,
    as: 'paul',
    body: about('adminAssign', 'erin', { scheduleInfo: { expiration: { type: 'noExpiration' } } }),
    keep: { eligible: 'id' },
    answer: {
      status: 201,
      context: `#${eligibles}/$entity`,
      is: eligibleType,
      body: { status: 'Provisioned', accessId: 'member', targetScheduleId: '{helpdesk}_member_{eligible}' },
    },
  },
  {
    section: '1.9',
    says: 'activates the membership',
    ask: `POST ${actives}`,
    as: 'erin',
    body: about('selfActivate', 'erin', forHours('PT2H')),
    answer: { status: 201, context: `#${actives}/$entity`, is: activeType, body: { status: 'Provisioned' } },
  },
  {
    section: '1.9',
    says: 'gives an application an active membership only',
    ask: `POST ${eligibles}`,
    as: 'paul',
    body: about('adminAssign', 'automation', forHours('P1D')),
    answer: { status: 400, code: 'InvalidRoleAssignmentRequest' },
  },
  ...mine(actives, activeType),
  ...mine(eligibles, eligibleType),
  ...readable('assignmentSchedules', 'privilegedAccessGroupAssignmentSchedule', 'active'),
  ...readable('eligibilitySchedules', 'privilegedAccessGroupEligibilitySchedule', 'eligibility'),
  ...readable('assignmentScheduleInstances', 'privilegedAccessGroupAssignmentScheduleInstance', 'activeInstance'),
  ...readable('eligibilityScheduleInstances', 'privilegedAccessGroupEligibilityScheduleInstance', 'eligibleInstance'),
  {
    section: '1.9',
    says: 'shows a member that PIM did not make as assigned, instance id and schedule id the same',
    ask: `GET ${root}/assignmentScheduleInstances?${ofHelpdesk} and principalId eq '{grace}'`,
    as: 'paul',
    answer: {
      status: 200,
      value: [{ assignmentType: 'assigned', memberType: 'direct', startDateTime: null, endDateTime: null }],
    },
  },
  {
    section: '0.3',
    says: 'prints enums in camelCase',
    ask: `GET ${root}/assignmentScheduleInstances?${ofHelpdesk} and principalId eq '{erin}'`,
    as: 'paul',
    answer: { status: 200, value: [{ accessId: 'member', assignmentType: 'activated', memberType: 'direct' }] },
  },
  {
    section: '1.9',
    says: 'expands the group',
    ask: `GET ${root}/eligibilitySchedules?${ofHelpdesk}&$expand=group($select=displayName),principal`,
    as: 'paul',
    answer: { status: 200, value: [{ group: { displayName: 'Helpdesk' }, principal: { id: '{erin}' } }] },
  },
  ...[actives, eligibles, `${root}/assignmentSchedules`, `${root}/eligibilityScheduleInstances`].map((set): Row => ({
    section: '1.9',
    says: 'needs a filter on groupId or principalId',
    ask: `GET ${set}`,
    as: 'paul',
    answer: { status: 400, code: 'MissingProvider' },
  })),
  {
    section: '9',
    says: 'finds a request by its schedule, as Terraform does',
    ask: `GET ${eligibles}?${ofHelpdesk} and targetScheduleId eq '{helpdesk}_member_{eligible}'&$orderby=createdDateTime desc`,
    as: 'paul',
    answer: { status: 200, value: [{ id: '{eligible}' }] },
  },
];
