import type { Row } from '../row';

const policySet = 'policies/roleManagementPolicies';
const policy = 'DirectoryRole_{tenant}_{userAdministrator}';
const graph = '#microsoft.graph.unifiedRoleManagementPolicy';
const rule = 'unifiedRoleManagementPolicyRule';

const expiration = {
  '@odata.type': `${graph}ExpirationRule`,
  id: 'Expiration_EndUser_Assignment',
  isExpirationRequired: true,
  maximumDuration: 'PT1H45M',
  target: {
    '@odata.type': 'microsoft.graph.unifiedRoleManagementPolicyRuleTarget',
    caller: 'EndUser',
    operations: ['All'],
    level: 'Assignment',
    inheritableSettings: [],
    enforcedSettings: [],
  },
};

/** reference §1.8 and §3.2 to §3.7 */
export const policyChanges: readonly Row[] = [
  {
    section: '1.8',
    says: 'updates one rule',
    ask: `PATCH ${policySet}/${policy}/rules/Expiration_EndUser_Assignment`,
    as: 'paul',
    body: expiration,
    answer: { status: 204 },
  },
  {
    section: '1.8',
    says: 'and reads it back as it was written',
    ask: `GET ${policySet}/${policy}/rules/Expiration_EndUser_Assignment`,
    answer: { status: 200, is: rule, body: { maximumDuration: 'PT1H45M' } },
  },
  {
    section: '3.7',
    says: 'and tells who changed it',
    ask: `GET ${policySet}/${policy}`,
    answer: {
      status: 200,
      is: 'unifiedRoleManagementPolicy',
      body: {
        lastModifiedDateTime: '2026-03-02T08:00:00Z',
        lastModifiedBy: { displayName: 'Paul Erdos', id: '{paul}' },
      },
    },
    differs:
      'With the id beside the name, where Microsoft’s samples have the name alone: names change, and ids do not.',
  },
  {
    section: '1.8',
    says: 'tells it where the policy is expanded, too',
    ask: `GET policies/roleManagementPolicyAssignments?$filter=policyId eq '${policy}'&$expand=policy`,
    answer: { status: 200, value: [{ policy: { lastModifiedBy: { displayName: 'Paul Erdos' } } }] },
  },
  {
    section: '1.8',
    says: 'updates a policy by its rules, and answers it without them',
    ask: `PATCH ${policySet}/${policy}`,
    as: 'automation',
    body: {
      rules: [
        { ...expiration, maximumDuration: 'PT4H' },
        {
          '@odata.type': `${graph}ApprovalRule`,
          id: 'Approval_EndUser_Assignment',
          setting: {
            isApprovalRequired: true,
            approvalMode: 'SingleStage',
            approvalStages: [
              {
                approvalStageTimeOutInDays: 1,
                isApproverJustificationRequired: true,
                escalationTimeInMinutes: 0,
                isEscalationEnabled: false,
                primaryApprovers: [{ '@odata.type': '#microsoft.graph.singleUser', id: '{alice}', isBackup: false }],
                escalationApprovers: [],
              },
            ],
          },
        },
      ],
    },
    answer: { status: 200, context: `#${policySet}/$entity`, is: 'unifiedRoleManagementPolicy' },
  },
  {
    section: '3.4',
    says: 'an approver has v1.0’s shape there',
    ask: `GET ${policySet}/${policy}/rules/Approval_EndUser_Assignment`,
    answer: {
      status: 200,
      is: rule,
      body: {
        setting: {
          approvalStages: [{ primaryApprovers: [{ '@odata.type': '#microsoft.graph.singleUser', userId: '{alice}' }] }],
        },
      },
    },
  },
  {
    section: '3.4',
    says: 'and beta’s shape there',
    ask: `GET /beta/${policySet}/${policy}/rules/Approval_EndUser_Assignment`,
    answer: {
      status: 200,
      body: {
        setting: {
          approvalStages: [
            { primaryApprovers: [{ '@odata.type': '#microsoft.graph.singleUser', id: '{alice}', isBackup: false }] },
          ],
        },
      },
    },
  },
  ...(
    [
      ['a rule without its @odata.type', { id: 'Expiration_EndUser_Assignment', maximumDuration: 'PT1H' }],
      ['a rule of another type', { ...expiration, '@odata.type': `${graph}EnablementRule` }],
      ['a duration that is none', { ...expiration, maximumDuration: 'soon' }],
      ['a negative duration', { ...expiration, maximumDuration: '-PT1H' }],
      ['another target', { ...expiration, target: { ...expiration.target, caller: 'Admin' } }],
    ] as const
  ).map(([what, body]): Row => ({
    section: '3.7',
    says: `refuses ${what}`,
    ask: `PATCH ${policySet}/${policy}/rules/Expiration_EndUser_Assignment`,
    as: 'paul',
    body,
    answer: { status: 400, code: 'InvalidPolicyRule' },
  })),
  {
    section: '3.7',
    says: 'answers 404 for a rule that does not exist',
    ask: `PATCH ${policySet}/${policy}/rules/Expiration_EndUser_Eligibility`,
    as: 'paul',
    body: { ...expiration, id: 'Expiration_EndUser_Eligibility' },
    answer: { status: 404 },
  },
  {
    section: '3.7',
    says: 'applies nothing when one of several rules is wrong',
    ask: `PATCH ${policySet}/${policy}`,
    as: 'paul',
    body: {
      rules: [
        { ...expiration, maximumDuration: 'PT2H' },
        { ...expiration, id: 'Nonsense' },
      ],
    },
    answer: { status: 400, code: 'InvalidPolicyRule' },
  },
  {
    section: '3.7',
    says: 'so that the right one of them is as before',
    ask: `GET ${policySet}/${policy}/rules/Expiration_EndUser_Assignment`,
    answer: { status: 200, body: { maximumDuration: 'PT4H' } },
  },
  {
    section: '3.7',
    says: 'refuses an approver who does not exist',
    ask: `PATCH ${policySet}/${policy}/rules/Approval_EndUser_Assignment`,
    as: 'paul',
    body: {
      '@odata.type': `${graph}ApprovalRule`,
      id: 'Approval_EndUser_Assignment',
      setting: {
        isApprovalRequired: true,
        approvalMode: 'SingleStage',
        approvalStages: [{ primaryApprovers: [{ '@odata.type': '#microsoft.graph.singleUser', userId: '{nowhere}' }] }],
      },
    },
    answer: { status: 400 },
  },
  {
    section: '1.8',
    says: 'is changed by administrators only',
    ask: `PATCH ${policySet}/${policy}/rules/Expiration_EndUser_Assignment`,
    as: 'erin',
    body: expiration,
    answer: { status: 403 },
  },
  {
    section: '1.8',
    says: 'policies are neither made',
    ask: `POST ${policySet}`,
    body: {},
    answer: { status: 405, code: 'Request_UnsupportedQuery', headers: { allow: /^GET/ } },
  },
  {
    section: '1.8',
    says: 'nor deleted',
    ask: `DELETE ${policySet}/${policy}`,
    answer: { status: 405, code: 'Request_UnsupportedQuery', headers: { allow: /^GET/ } },
  },
];
