import type { Row } from '../row';

const set = 'auditLogs/directoryAudits';
const record = 'directoryAudit';

/** reference §1.12 */
export const audits: readonly Row[] = [
  {
    section: '1.12',
    says: 'lists records',
    given: [
      {
        ask: 'POST roleManagement/directory/roleAssignmentScheduleRequests',
        as: 'erin',
        body: {
          action: 'selfActivate',
          principalId: '{erin}',
          roleDefinitionId: '{userAdministrator}',
          directoryScopeId: '/',
          justification: 'Reset a locked account',
        },
      },
      {
        ask: 'POST roleManagement/directory/roleAssignments',
        as: 'automation',
        body: { principalId: '{erin}', roleDefinitionId: '{exchangeAdministrator}', directoryScopeId: '/' },
      },
    ],
    ask: `GET ${set}?$top=5`,
    as: 'sam',
    keep: { record: 'value.0.id', correlation: 'value.0.correlationId', at: 'value.0.activityDateTime' },
    answer: { status: 200, context: `#${set}`, each: record, value: 5 },
  },
  {
    section: '1.12',
    says: 'gets one',
    ask: `GET ${set}/{record}`,
    as: 'sam',
    answer: { status: 200, context: `#${set}/$entity`, is: record },
  },
  ...(
    [
      'activityDateTime ge 2020-01-01T00:00:00Z and activityDateTime le 2099-01-01T00:00:00Z',
      'activityDateTime eq {at}',
      "correlationId eq '{correlation}'",
      "activityDisplayName eq 'Add member to role completed (PIM activation)'",
      "startswith(activityDisplayName,'Add member to role')",
      "category eq 'RoleManagement' and loggedByService eq 'PIM' and result eq 'success'",
      "initiatedBy/user/id eq '{erin}'",
      "initiatedBy/user/userPrincipalName eq 'erin@contoso.example'",
      "startswith(initiatedBy/user/displayName,'Erin')",
      "initiatedBy/app/appId eq 'c1000000-0000-4000-8000-000000000001'",
      "startswith(initiatedBy/app/displayName,'auto')",
      "targetResources/any(t: t/userPrincipalName eq 'erin@contoso.example')",
      "targetResources/any(t: t/id eq '{erin}')",
      "targetResources/any(t: startswith(t/displayName,'User Admin'))",
    ] as const
  ).map((filter): Row => ({
    section: '1.12',
    says: 'filters',
    ask: `GET ${set}?$filter=${filter}&$orderby=activityDateTime desc&$count=true`,
    as: 'sam',
    answer: { status: 200, each: record },
  })),
  {
    section: '1.12',
    says: 'is for audit readers only',
    ask: `GET ${set}`,
    as: 'erin',
    answer: {
      status: 403,
      code: 'Authentication_RequestFromUnsupportedUserRole',
      says: 'User is not in the allowed roles',
    },
  },
];
