import type { Row } from '../row';
import { activate, assign } from './bodies';

const directory = 'roleManagement/directory';
const actives = `${directory}/roleAssignmentScheduleRequests`;
const groupEligibles = 'identityGovernance/privilegedAccess/group/eligibilityScheduleRequests';
const policy = 'DirectoryRole_{tenant}_{securityReader}';
const rules = `policies/roleManagementPolicies/${policy}/rules`;
const graph = '#microsoft.graph.unifiedRoleManagementPolicy';

const notification = (level: string): object => ({
  '@odata.type': `${graph}NotificationRule`,
  id: 'Notification_Admin_EndUser_Assignment',
  notificationType: 'email',
  recipientType: 'admin',
  notificationLevel: level,
  isDefaultRecipientsEnabled: false,
  notificationRecipients: ['soc@contoso.example'],
});

const approval = (approvalMode: string, approvers: readonly object[]): object => ({
  '@odata.type': `${graph}ApprovalRule`,
  id: 'Approval_EndUser_Assignment',
  setting: { isApprovalRequired: true, approvalMode, approvalStages: [{ primaryApprovers: approvers }] },
});

const ofSchedules: readonly Omit<Row, 'section'>[] = [
  {
    says: 'an expiration’s type comes in any case, and leaves in camelCase; a recurrence is null',
    ask: `POST ${actives}`,
    as: 'erin',
    body: activate('{userAdministrator}', {
      scheduleInfo: { expiration: { type: 'AFTERDURATION', duration: 'PT1H' } },
    }),
    answer: { status: 201, body: { scheduleInfo: { expiration: { type: 'afterDuration' }, recurrence: null } } },
  },
  {
    says: 'noExpiration is kept as such',
    ask: `POST ${actives}`,
    as: 'paul',
    body: assign('{bob}', '{securityReader}', { scheduleInfo: { expiration: { type: 'NoExpiration' } } }),
    answer: { status: 201, body: { scheduleInfo: { expiration: { type: 'noExpiration' } } } },
  },
  {
    says: 'refuses a type that does not exist',
    ask: `POST ${actives}`,
    as: 'erin',
    body: activate('{helpdeskAdministrator}', { scheduleInfo: { expiration: { type: 'forEver' } } }),
    answer: { status: 400, code: 'InvalidRoleAssignmentRequestSchedule' },
  },
  {
    says: 'of roles, assignmentType and memberType are in PascalCase, and compared in any',
    ask: `GET ${directory}/roleAssignmentScheduleInstances?$filter=principalId eq '{erin}' and assignmentType eq 'activated' and memberType eq 'DIRECT'`,
    answer: { status: 200, value: [{ assignmentType: 'Activated', memberType: 'Direct' }] },
  },
  {
    says: 'and Assigned is what an administrator gave',
    ask: `GET ${directory}/roleAssignmentSchedules?$filter=principalId eq '{bob}'`,
    answer: { status: 200, value: [{ assignmentType: 'Assigned', memberType: 'Direct' }] },
  },
  {
    says: 'of groups, accessId comes in any case, and leaves in camelCase',
    ask: `POST ${groupEligibles}`,
    as: 'paul',
    body: {
      accessId: 'Owner',
      groupId: '{helpdesk}',
      principalId: '{bob}',
      action: 'AdminAssign',
      justification: 'Deputy',
      scheduleInfo: { expiration: { type: 'afterDuration', duration: 'P30D' } },
    },
    answer: { status: 201, body: { accessId: 'owner', action: 'adminAssign' } },
  },
  {
    says: 'refuses a relationship that does not exist',
    ask: `POST ${groupEligibles}`,
    as: 'paul',
    body: { accessId: 'guest', groupId: '{helpdesk}', principalId: '{bob}', action: 'adminAssign' },
    answer: { status: 400 },
  },
  {
    says: 'takes Directory for DirectoryRole',
    ask: "GET policies/roleManagementPolicies?$filter=scopeId eq '/' and scopeType eq 'Directory'&$top=1",
    answer: { status: 200, value: [{ scopeType: 'DirectoryRole' }] },
  },
];

const ofRules: readonly Omit<Row, 'section'>[] = [
  {
    says: 'prints a target as v1.0 does, whatever case it was sent in',
    given: [
      {
        ask: `PATCH ${rules}/Enablement_EndUser_Assignment`,
        as: 'paul',
        body: {
          '@odata.type': `${graph}EnablementRule`,
          enabledRules: ['TICKETING', 'justification', 'Ticketing'],
          target: { caller: 'enduser', level: 'ASSIGNMENT', operations: ['All'] },
        },
      },
    ],
    ask: `GET ${rules}/Enablement_EndUser_Assignment`,
    answer: {
      status: 200,
      body: {
        enabledRules: ['Ticketing', 'Justification'],
        target: {
          caller: 'EndUser',
          level: 'Assignment',
          operations: ['all'],
          inheritableSettings: [],
          enforcedSettings: [],
        },
      },
    },
  },
  {
    says: 'takes the three levels of a notification',
    given: [
      {
        ask: `PATCH ${rules}/Notification_Admin_EndUser_Assignment`,
        as: 'paul',
        body: notification('critical'),
      },
    ],
    ask: `GET ${rules}/Notification_Admin_EndUser_Assignment`,
    answer: {
      status: 200,
      body: { notificationType: 'Email', recipientType: 'Admin', notificationLevel: 'Critical' },
    },
  },
  {
    says: 'and no other',
    ask: `PATCH ${rules}/Notification_Admin_EndUser_Assignment`,
    as: 'paul',
    body: notification('Loud'),
    answer: { status: 400, code: 'InvalidPolicyRule' },
  },
  {
    says: 'takes people and groups as approvers',
    given: [
      {
        ask: `PATCH ${rules}/Approval_EndUser_Assignment`,
        as: 'paul',
        body: approval('singleStage', [
          { '@odata.type': '#microsoft.graph.singleUser', userId: '{alice}' },
          { '@odata.type': '#microsoft.graph.groupMembers', groupId: '{approvers}' },
        ]),
      },
    ],
    ask: `GET ${rules}/Approval_EndUser_Assignment`,
    answer: {
      status: 200,
      body: {
        setting: {
          approvalMode: 'SingleStage',
          approvalStages: [
            {
              primaryApprovers: [
                { '@odata.type': '#microsoft.graph.singleUser', userId: '{alice}' },
                { '@odata.type': '#microsoft.graph.groupMembers', groupId: '{approvers}' },
              ],
            },
          ],
        },
      },
    },
  },
  {
    says: 'asks the requestor’s manager',
    ask: `PATCH ${rules}/Approval_EndUser_Assignment`,
    as: 'paul',
    body: approval('SingleStage', [{ '@odata.type': '#microsoft.graph.requestorManager', managerLevel: 1 }]),
    answer: { status: 204 },
    differs: 'Microsoft keeps a single user or a group only.',
  },
  {
    says: 'approves in several stages',
    ask: `PATCH ${rules}/Approval_EndUser_Assignment`,
    as: 'paul',
    body: approval('Serial', [{ '@odata.type': '#microsoft.graph.singleUser', userId: '{alice}' }]),
    answer: { status: 204 },
    differs: 'Microsoft takes SingleStage only.',
  },
  {
    says: 'approves in no other mode',
    ask: `PATCH ${rules}/Approval_EndUser_Assignment`,
    as: 'paul',
    body: approval('Parallel', [{ '@odata.type': '#microsoft.graph.singleUser', userId: '{alice}' }]),
    answer: { status: 400, code: 'InvalidPolicyRule' },
  },
];

/** reference §2.3 and §2.5 */
export const enums: readonly Row[] = [
  ...ofSchedules.map((row) => ({ section: '2.3', ...row })),
  ...ofRules.map((row) => ({ section: '2.5', ...row })),
];
