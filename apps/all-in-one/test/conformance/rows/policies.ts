import type { Row } from '../row';

const policySet = 'policies/roleManagementPolicies';
const assignmentSet = 'policies/roleManagementPolicyAssignments';
const policy = 'DirectoryRole_{tenant}_{userAdministrator}';
const graph = '#microsoft.graph.unifiedRoleManagementPolicy';
const rulesOf = `${policySet}('${policy}')/rules`;

const kinds = [
  ['Expiration_Admin_Eligibility', 'ExpirationRule', { isExpirationRequired: false, maximumDuration: 'P365D' }],
  ['Enablement_Admin_Eligibility', 'EnablementRule', { enabledRules: [] }],
  ['Notification_Admin_Admin_Eligibility', 'NotificationRule', { recipientType: 'Admin', notificationLevel: 'All' }],
  ['Notification_Requestor_Admin_Eligibility', 'NotificationRule', { recipientType: 'Requestor' }],
  ['Notification_Approver_Admin_Eligibility', 'NotificationRule', { recipientType: 'Approver' }],
  ['Expiration_Admin_Assignment', 'ExpirationRule', { isExpirationRequired: false, maximumDuration: 'P180D' }],
  ['Enablement_Admin_Assignment', 'EnablementRule', { enabledRules: ['Justification'] }],
  ['Notification_Admin_Admin_Assignment', 'NotificationRule', { recipientType: 'Admin' }],
  ['Notification_Requestor_Admin_Assignment', 'NotificationRule', { recipientType: 'Requestor' }],
  ['Notification_Approver_Admin_Assignment', 'NotificationRule', { recipientType: 'Approver' }],
  ['Expiration_EndUser_Assignment', 'ExpirationRule', { isExpirationRequired: true, maximumDuration: 'PT8H' }],
  ['Enablement_EndUser_Assignment', 'EnablementRule', { enabledRules: ['MultiFactorAuthentication', 'Justification'] }],
  ['Approval_EndUser_Assignment', 'ApprovalRule', { setting: { isApprovalRequired: false } }],
  ['AuthenticationContext_EndUser_Assignment', 'AuthenticationContextRule', { isEnabled: false }],
  ['Notification_Admin_EndUser_Assignment', 'NotificationRule', { notificationType: 'Email' }],
  ['Notification_Requestor_EndUser_Assignment', 'NotificationRule', { isDefaultRecipientsEnabled: true }],
  ['Notification_Approver_EndUser_Assignment', 'NotificationRule', { notificationRecipients: [] }],
] as const;

const rule = 'unifiedRoleManagementPolicyRule';

/** reference §1.8 and §3.1 */
export const policies: readonly Row[] = [
  {
    section: '1.8',
    says: 'lists policies by scope',
    ask: `GET ${policySet}?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'&$top=3`,
    answer: { status: 200, context: `#${policySet}`, each: 'unifiedRoleManagementPolicy', value: 3 },
  },
  {
    section: '1.8',
    says: 'refuses a list without a filter',
    ask: `GET ${policySet}`,
    answer: { status: 400 },
  },
  {
    section: '1.8',
    says: 'gets a policy, never modified so far',
    ask: `GET ${policySet}/${policy}`,
    answer: {
      status: 200,
      context: `#${policySet}/$entity`,
      is: 'unifiedRoleManagementPolicy',
      body: {
        displayName: 'DirectoryRole',
        description: 'DirectoryRole',
        isOrganizationDefault: false,
        lastModifiedDateTime: null,
        lastModifiedBy: { displayName: null, id: null },
      },
    },
  },
  {
    section: '1.8',
    says: 'expands its rules',
    ask: `GET ${policySet}/${policy}?$expand=rules`,
    answer: {
      status: 200,
      context: `#${policySet}(rules())/$entity`,
      is: 'unifiedRoleManagementPolicy',
      expands: ['rules'],
    },
  },
  {
    section: '1.8',
    says: 'expands everything',
    ask: `GET ${policySet}/${policy}?$expand=*`,
    answer: {
      status: 200,
      context: `#${policySet}(rules(),effectiveRules())/$entity`,
      is: 'unifiedRoleManagementPolicy',
      expands: ['rules', 'effectiveRules'],
    },
  },
  {
    section: '1.8',
    says: 'expands one rule',
    ask: `GET ${policySet}/${policy}?$expand=rules($filter=id eq 'Expiration_EndUser_Assignment')`,
    answer: { status: 200, body: { rules: [{ id: 'Expiration_EndUser_Assignment', maximumDuration: 'PT8H' }] } },
  },
  {
    section: '3.1',
    says: 'every policy has the 17 rules with their defaults, in their order',
    ask: `GET ${policySet}/${policy}/rules`,
    answer: {
      status: 200,
      context: `#${rulesOf}`,
      each: rule,
      value: kinds.map(([id, kind, rest]) => ({ '@odata.type': `${graph}${kind}`, id, ...rest })),
    },
  },
  {
    section: '1.8',
    says: 'gets a rule',
    ask: `GET ${policySet}/${policy}/rules/Approval_EndUser_Assignment`,
    answer: {
      status: 200,
      context: `#${rulesOf}/$entity`,
      is: rule,
      body: {
        target: { caller: 'EndUser', level: 'Assignment', operations: ['all'] },
        setting: { approvalMode: 'SingleStage', approvalStages: [{ approvalStageTimeOutInDays: 1 }] },
      },
    },
  },
  {
    section: '1.8',
    says: 'lists the effective rules',
    ask: `GET ${policySet}/${policy}/effectiveRules`,
    answer: { status: 200, each: rule, value: 17 },
  },
  {
    section: '1.8',
    says: 'gets an effective rule',
    ask: `GET ${policySet}/${policy}/effectiveRules/Expiration_EndUser_Assignment`,
    answer: { status: 200, is: rule },
  },
  {
    section: '1.8',
    says: 'lists policy assignments, terms in any order and with blanks',
    ask: `GET ${assignmentSet}?$filter=scopeType eq 'Directory' and roleDefinitionId eq '{userAdministrator}' and scopeId eq '/' `,
    keep: { assignment: 'value.0.id' },
    answer: {
      status: 200,
      context: `#${assignmentSet}`,
      each: 'unifiedRoleManagementPolicyAssignment',
      value: [{ policyId: policy, id: `${policy}_{userAdministrator}` }],
    },
  },
  {
    section: '1.8',
    says: 'finds them by policy',
    ask: `GET ${assignmentSet}?$filter=policyId eq '${policy}'`,
    answer: { status: 200, value: 1 },
  },
  {
    section: '1.8',
    says: 'expands the policy and its rules',
    ask: `GET ${assignmentSet}?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq '{userAdministrator}'&$expand=policy($expand=rules)`,
    answer: {
      status: 200,
      context: `#${assignmentSet}(policy(rules()))`,
      value: [{ policy: { id: policy, rules: kinds.map(([id]) => ({ id })) } }],
    },
  },
  {
    section: '1.8',
    says: 'gets a policy assignment',
    ask: `GET ${assignmentSet}/{assignment}?$expand=policy`,
    answer: { status: 200, is: 'unifiedRoleManagementPolicyAssignment', expands: ['policy'] },
  },
  {
    section: '1.8',
    says: 'refuses a list of assignments without a filter',
    ask: `GET ${assignmentSet}`,
    answer: { status: 400 },
  },
];
