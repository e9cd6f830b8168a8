import type { Row } from '../row';

const set = 'roleManagement/directory';
const actives = `${set}/roleAssignmentScheduleRequests`;
const approvalsSet = `/beta/${set}/roleAssignmentApprovals`;
const context = `#${set}/roleAssignmentApprovals`;

const activate = (who: string) => ({
  ask: `POST ${actives}`,
  as: who,
  body: {
    action: 'selfActivate',
    principalId: `{${who}}`,
    roleDefinitionId: '{securityAdministrator}',
    directoryScopeId: '/',
    justification: 'Investigate an alert',
    scheduleInfo: { expiration: { type: 'afterDuration', duration: 'PT2H' } },
  },
});

const step = (name: string) => `${approvalsSet}/{${name}}/steps/{${name}}`;

/** reference §1.7.1 and §4.13 */
export const approvals: readonly Row[] = [
  {
    section: '4.13',
    says: 'an activation that needs approval waits',
    ...activate('erin'),
    keep: { first: 'approvalId', request: 'id' },
    answer: {
      status: 201,
      is: 'unifiedRoleAssignmentScheduleRequest',
      body: {
        status: 'PendingApproval',
        completedDateTime: null,
        targetScheduleId: '{request}',
        approvalId: '{request}',
        scheduleInfo: { startDateTime: null },
      },
    },
  },
  {
    section: '4.7',
    says: 'and is asked for once at a time',
    ...activate('erin'),
    answer: { status: 400, code: 'PendingRoleAssignmentRequest' },
  },
  {
    section: '1.7.1',
    says: 'is in the queue of its approvers, steps included',
    ask: `GET ${approvalsSet}/filterByCurrentUser(on='approver')`,
    as: 'alice',
    answer: { status: 200, context: '#Collection(approval)', value: [{ id: '{first}' }] },
  },
  {
    section: '1.3',
    says: 'is in the approver’s list of requests',
    ask: `GET ${actives}/filterByCurrentUser(on='approver')?$filter=status eq 'PendingApproval'`,
    as: 'bob',
    answer: { status: 200, value: [{ id: '{request}' }] },
  },
  {
    section: '1.7.1',
    says: 'gets one, with its steps',
    ask: `GET ${approvalsSet}/{first}`,
    as: 'alice',
    answer: { status: 200, body: { '@odata.type': undefined, id: '{first}', steps: [{ id: '{first}' }] } },
  },
  {
    section: '1.7.1',
    says: 'lists the steps',
    ask: `GET ${approvalsSet}/{first}/steps`,
    as: 'alice',
    answer: {
      status: 200,
      context: `${context}('{first}')/steps`,
      each: 'approvalStep',
      value: [
        {
          id: '{first}',
          displayName: null,
          reviewedDateTime: null,
          reviewResult: 'NotReviewed',
          status: 'InProgress',
          assignedToMe: true,
          justification: '',
          reviewedBy: null,
        },
      ],
    },
  },
  {
    section: '1.7.1',
    says: 'gets a step; to its requester it is not assigned',
    ask: `GET ${step('first')}`,
    as: 'erin',
    answer: {
      status: 200,
      context: `${context}('{first}')/steps/$entity`,
      is: 'approvalStep',
      body: { assignedToMe: false },
    },
  },
  {
    section: '4.13',
    says: 'is never decided by whoever asked',
    ask: `PATCH ${step('first')}`,
    as: 'erin',
    body: { reviewResult: 'Approve', justification: 'I know myself' },
    answer: { status: 403 },
  },
  {
    section: '1.7.1',
    says: 'is never decided by an application',
    ask: `PATCH ${step('first')}`,
    as: 'automation',
    body: { reviewResult: 'Approve', justification: 'Automatic' },
    answer: { status: 403 },
  },
  {
    section: '4.13',
    says: 'needs the approver’s reason where the policy asks for one',
    ask: `PATCH ${step('first')}`,
    as: 'alice',
    body: { reviewResult: 'Approve' },
    answer: { status: 400 },
  },
  {
    section: '1.7.1',
    says: 'is approved by PATCH of its step',
    ask: `PATCH ${step('first')}`,
    as: 'alice',
    body: { reviewResult: 'Approve', justification: 'Known incident' },
    answer: { status: 204 },
  },
  {
    section: '2.6',
    says: 'reads back Approved',
    ask: `GET ${step('first')}`,
    as: 'alice',
    answer: {
      status: 200,
      is: 'approvalStep',
      body: { reviewResult: 'Approved', status: 'Completed', reviewedBy: { id: '{alice}' } },
    },
  },
  {
    section: '4.13',
    says: 'the first answer wins',
    ask: `PATCH ${step('first')}`,
    as: 'bob',
    body: { reviewResult: 'Deny', justification: 'Too late' },
    answer: { status: 409, code: 'Conflict' },
  },
  {
    section: '2.2',
    says: 'an approved request is Provisioned',
    ask: `GET ${actives}/{request}`,
    as: 'erin',
    answer: { status: 200, body: { status: 'Provisioned', scheduleInfo: { startDateTime: '2026-03-02T08:00:00Z' } } },
  },
  {
    section: '1.7.1',
    says: 'takes Denied for Deny',
    given: [{ ...activate('frank'), keep: { second: 'approvalId' } }],
    ask: `PATCH ${step('second')}`,
    as: 'bob',
    body: { reviewResult: 'Denied', justification: 'Not now' },
    answer: { status: 204 },
  },
  {
    section: '2.2',
    says: 'a denied request is Denied',
    ask: `GET ${actives}/{second}`,
    as: 'frank',
    answer: { status: 200, body: { status: 'Denied' } },
  },
  {
    section: '4.13',
    says: 'nothing is approved after 24 hours',
    given: [
      { ...activate('frank'), keep: { third: 'approvalId' } },
      { ask: 'GET me', as: 'frank', later: 24 * 60 },
    ],
    ask: `PATCH ${step('third')}`,
    as: 'bob',
    body: { reviewResult: 'Approve', justification: 'Late' },
    answer: { status: 400, code: 'InvalidRoleAssignmentRequest', says: 'The time to decide ended' },
  },
  {
    section: '2.2',
    says: 'a request that nobody answered in time is Canceled',
    ask: `GET ${actives}/{third}`,
    as: 'frank',
    answer: { status: 200, body: { status: 'Canceled' } },
  },
  {
    section: '1.7.1',
    says: 'answers 404 for an approval that is not there',
    ask: `GET ${approvalsSet}/{nowhere}`,
    as: 'alice',
    answer: { status: 404 },
  },
  {
    section: '1.7.1',
    says: 'is in v1.0 as well',
    ask: `GET ${set}/roleAssignmentApprovals/{first}/steps`,
    as: 'alice',
    answer: { status: 200, value: 1 },
    differs: 'Microsoft has it in beta only, so that scripts on v1.0 cannot decide.',
  },
];
