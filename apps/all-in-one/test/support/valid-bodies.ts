import { activation, assignment, id, role } from './server';

const graph = '#microsoft.graph.';

const rule = (kind: string, more: object): object => ({
  '@odata.type': `${graph}unifiedRoleManagementPolicy${kind}Rule`,
  ...more,
});

const expiration = rule('Expiration', {
  id: 'Expiration_EndUser_Assignment',
  isExpirationRequired: true,
  maximumDuration: 'PT10H',
  target: {
    caller: 'EndUser',
    operations: ['All'],
    level: 'Assignment',
    inheritableSettings: [],
    enforcedSettings: [],
  },
});

const approval = rule('Approval', {
  id: 'Approval_EndUser_Assignment',
  setting: {
    isApprovalRequired: true,
    isRequestorJustificationRequired: true,
    approvalMode: 'SingleStage',
    approvalStages: [
      {
        approvalStageTimeOutInDays: 1,
        isApproverJustificationRequired: true,
        escalationTimeInMinutes: 0,
        isEscalationEnabled: false,
        primaryApprovers: [{ '@odata.type': `${graph}singleUser`, userId: id.alice }],
        escalationApprovers: [],
      },
    ],
  },
});

const notification = rule('Notification', {
  id: 'Notification_Admin_EndUser_Assignment',
  notificationType: 'Email',
  recipientType: 'Admin',
  notificationLevel: 'All',
  isDefaultRecipientsEnabled: false,
  notificationRecipients: ['soc@contoso.example'],
});

const ticket = {
  ticketInfo: { ticketNumber: 'CHG-1', ticketSystem: 'desk' },
  customData: 'x',
  isValidationOnly: false,
};

const rolePermissions = [{ allowedResourceActions: ['microsoft.directory/users/password/update'], condition: null }];

const reference = (objectId: string): string => `https://graph.microsoft.com/v1.0/directoryObjects/${objectId}`;

const patch = (...Operations: readonly object[]): object => ({ Operations });

const scimUser = {
  userName: 'scim@contoso.example',
  name: { givenName: 'S', familyName: 'C' },
  emails: [{ value: 'scim@contoso.example', type: 'work', primary: true }],
  active: true,
};

/** Bodies that are right, by the end of the route they are for. */
const valid: readonly (readonly [RegExp, readonly object[]])[] = [
  [/decision$/, [{ decision: 'Approve', justification: 'Known change' }, { decision: 'Deny' }]],
  [
    /\.search$/,
    [{ filter: 'displayName co "e" and not (title pr)', startIndex: 1, count: 5, attributes: ['displayName'] }],
  ],
  [/scim\/v2\/Users$/, [scimUser]],
  [
    /scim\/v2\/Users\/:id$/,
    [
      scimUser,
      patch({ op: 'Replace', path: 'emails[type eq "work"].value', value: 'new@contoso.example' }),
      patch({ op: 'replace', value: { active: false, title: 'Operator' } }),
      patch({ op: 'remove', path: 'name.familyName' }, { op: 'Add', path: 'active', value: 'True' }),
    ],
  ],
  [/scim\/v2\/Groups$/, [{ displayName: 'Team', members: [{ value: id.heidi }] }]],
  [
    /scim\/v2\/Groups\/:id$/,
    [
      { displayName: 'Team', members: [{ value: id.heidi }] },
      patch({ op: 'add', path: 'members', value: [{ value: id.heidi }] }),
      patch({ op: 'remove', path: `members[value eq "${id.heidi}"]` }),
    ],
  ],
  [
    /ScheduleRequests$/,
    [
      activation(id.erin, role.userAdministrator),
      activation(id.frank, role.helpdeskAdministrator, ticket),
      activation(id.erin, role.securityAdministrator),
      assignment('adminAssign', id.heidi, role.userAdministrator, ticket),
      assignment('adminRemove', id.heidi, role.userAdministrator),
      assignment('selfDeactivate', id.erin, role.userAdministrator),
      assignment('adminRemove', id.paul, role.privilegedRoleAdministrator),
    ],
  ],
  [/steps\/:stepId$/, [{ reviewResult: 'Approve', justification: 'Known change' }, { reviewResult: 'Deny' }]],
  [/rules\/:ruleId$/, [expiration, approval, notification]],
  [/roleManagementPolicies\/:id$/, [{ rules: [expiration, approval, notification] }]],
  [/emergencyReviews\/:id$/, [{ verdict: 'justified', comment: 'Known incident' }]],
  [
    /roleDefinitions\/:id$/,
    [
      { displayName: 'Other', isEnabled: false },
      { rolePermissions, version: '2' },
    ],
  ],
  [/roleDefinitions$/, [{ displayName: 'Some role', rolePermissions, templateId: null, isEnabled: true }]],
  [/users\/:id$/, [{ accountEnabled: true }, { accountEnabled: false }, { jobTitle: 'Operator', department: null }]],
  [
    /users$/,
    [
      {
        accountEnabled: true,
        displayName: 'Somebody',
        mailNickname: 'somebody',
        userPrincipalName: 'somebody@contoso.example',
      },
    ],
  ],
  [/groups\/:id$/, [{ description: 'x' }, { 'members@odata.bind': [reference(id.heidi)] }]],
  [
    /groups$/,
    [
      {
        displayName: 'Some',
        mailEnabled: false,
        mailNickname: 'some',
        securityEnabled: true,
        isAssignableToRole: true,
        'owners@odata.bind': [reference(id.heidi)],
      },
    ],
  ],
  [/\$ref$/, [{ '@odata.id': reference(id.heidi) }]],
  [/servicePrincipals\/:id$/, [{ displayName: 'Robot', accountEnabled: true }]],
  [/servicePrincipals$/, [{ appId: '88888888-0000-4000-8000-000000000001', displayName: 'Robot' }]],
  [/administrativeUnits(?:\/:id)?$/, [{ displayName: 'Vienna', description: null }]],
  [/getByIds$/, [{ ids: [id.erin, id.helpdesk], types: ['user'] }]],
];

/** Bodies that are right for a route. */
export const bodiesFor = (route: string): readonly object[] =>
  valid.find(([end]) => end.test(route))?.[1] ?? [{ a: 1 }];
