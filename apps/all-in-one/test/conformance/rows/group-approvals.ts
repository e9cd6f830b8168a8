import type { Row } from '../row';
import { forHours } from './bodies';

const root = 'identityGovernance/privilegedAccess/group';
const actives = `${root}/assignmentScheduleRequests`;
const eligibles = `${root}/eligibilityScheduleRequests`;
const approvalsSet = `${root}/assignmentApprovals`;
const activeType = 'privilegedAccessGroupAssignmentScheduleRequest';

const about = (action: string, who: string, more: object = {}) => ({
  accessId: 'member',
  groupId: '{helpdesk}',
  principalId: `{${who}}`,
  action,
  justification: 'On call this week',
  ...more,
});

const ofHelpdesk = "$filter=groupId eq '{helpdesk}'";

const approvalRule = {
  '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyApprovalRule',
  id: 'Approval_EndUser_Assignment',
};

const approve = (primaryApprovers: readonly object[]) => ({
  ...approvalRule,
  setting: { isApprovalRequired: true, approvalStages: [{ primaryApprovers }] },
});

const ask = (name: string) => ({
  ask: `POST ${actives}`,
  as: 'frank',
  body: about('selfActivate', 'frank', { accessId: 'owner', ...forHours('PT1H') }),
  keep: { [name]: 'approvalId' },
});

/** reference §1.7.2, §1.8 and the last owner of §1.9 */
export const groupApprovals: readonly Row[] = [
  {
    section: '9',
    says: 'has exactly one policy assignment for a group and relationship',
    ask: "GET policies/roleManagementPolicyAssignments?$filter=scopeType eq 'Group' and scopeId eq '{helpdesk}' and roleDefinitionId eq 'owner'",
    as: 'paul',
    keep: { policy: 'value.0.policyId' },
    answer: { status: 200, each: 'unifiedRoleManagementPolicyAssignment', value: 1 },
  },
  {
    section: '3.1',
    says: 'a standing membership ends by default',
    ask: 'GET policies/roleManagementPolicies/{policy}/rules/Expiration_Admin_Assignment',
    as: 'paul',
    answer: { status: 200, body: { isExpirationRequired: true, maximumDuration: 'P180D' } },
  },
  {
    section: '3.7',
    says: 'approval of a group needs approvers',
    ask: 'PATCH policies/roleManagementPolicies/{policy}/rules/Approval_EndUser_Assignment',
    as: 'paul',
    body: approve([]),
    answer: { status: 400, code: 'InvalidPolicy' },
  },
  {
    section: '1.9',
    says: 'an activation that needs approval waits',
    given: [
      {
        ask: 'PATCH policies/roleManagementPolicies/{policy}/rules/Approval_EndUser_Assignment',
        as: 'paul',
        body: approve([{ '@odata.type': '#microsoft.graph.singleUser', userId: '{bob}' }]),
      },
      {
        ask: `POST ${eligibles}`,
        as: 'paul',
        body: about('adminAssign', 'frank', { accessId: 'owner', ...forHours('P1D') }),
      },
    ],
    ...ask('first'),
    answer: { status: 201, is: activeType, body: { status: 'PendingApproval', approvalId: '{first}' } },
  },
  {
    section: '1.7.2',
    says: 'is in the queue of its approvers, stages included',
    ask: `GET ${approvalsSet}/filterByCurrentUser(on='approver')`,
    as: 'bob',
    answer: { status: 200, context: '#Collection(approval)', value: [{ id: '{first}', stages: [{ id: '{first}' }] }] },
  },
  {
    section: '1.7.2',
    says: 'gets one with its stages',
    ask: `GET ${approvalsSet}/{first}`,
    as: 'bob',
    answer: { status: 200, context: `#${approvalsSet}/$entity`, body: { stages: [{ assignedToMe: true }] } },
  },
  {
    section: '1.7.2',
    says: 'beta has steps, and which of them are pending',
    ask: `GET /beta/${approvalsSet}/{first}?$expand=pendingSteps,completedSteps`,
    as: 'bob',
    answer: {
      status: 200,
      body: { steps: [{ id: '{first}' }], pendingSteps: [{ id: '{first}' }], completedSteps: [] },
    },
  },
  ...['stages', 'steps'].flatMap((name): readonly Row[] => [
    {
      section: '1.7.2',
      says: `lists ${name}`,
      ask: `GET ${approvalsSet}/{first}/${name}`,
      as: 'bob',
      answer: { status: 200, context: `#${approvalsSet}('{first}')/${name}`, each: 'approvalStage' },
    },
    {
      section: '1.7.2',
      says: `gets one of the ${name}`,
      ask: `GET ${approvalsSet}/{first}/${name}/{first}`,
      as: 'bob',
      answer: { status: 200, context: `#${approvalsSet}('{first}')/${name}/$entity`, is: 'approvalStage' },
    },
  ]),
  {
    section: '1.7.2',
    says: 'is decided by nobody else',
    ask: `PATCH ${approvalsSet}/{first}/stages/{first}`,
    as: 'alice',
    body: { reviewResult: 'Approve', justification: 'Fine' },
    answer: { status: 403 },
  },
  {
    section: '1.7.2',
    says: 'is denied by PATCH of its stage',
    ask: `PATCH ${approvalsSet}/{first}/stages/{first}`,
    as: 'bob',
    body: { reviewResult: 'Deny', justification: 'Not this week' },
    answer: { status: 204 },
  },
  {
    section: '1.7.2',
    says: 'takes the name steps as well',
    given: [ask('second')],
    ask: `PATCH ${approvalsSet}/{second}/steps/{second}`,
    as: 'bob',
    body: { reviewResult: 'Approve', justification: 'Fine' },
    answer: { status: 204 },
  },
  ...[actives, eligibles].map((set, index): Row => ({
    section: '4.18',
    says: 'cancels what has not started',
    given: [
      {
        ask: `POST ${set}`,
        as: 'paul',
        body: about('adminAssign', 'alice', {
          scheduleInfo: {
            startDateTime: '2026-03-09T08:00:00Z',
            expiration: { type: 'afterDuration', duration: 'P2D' },
          },
        }),
        keep: { [`future${index}`]: 'id' },
      },
    ],
    ask: `POST ${set}/{future${index}}/cancel`,
    as: 'paul',
    answer: { status: 204 },
  })),
  {
    section: '1.9',
    says: 'the last active owner stays',
    later: 6,
    ask: `POST ${actives}`,
    as: 'frank',
    body: about('selfDeactivate', 'frank', { accessId: 'owner' }),
    answer: { status: 400, code: 'InvalidRoleAssignmentRequest', says: 'last active owner' },
  },
  {
    section: '1.9',
    says: 'an owner whose time has come goes',
    later: 60,
    ask: `GET ${root}/assignmentScheduleInstances?${ofHelpdesk} and accessId eq 'owner'`,
    as: 'paul',
    answer: { status: 200, value: 0 },
    differs: 'Microsoft leaves the last owner in place; here nobody is ever answered active after the end.',
  },
];
