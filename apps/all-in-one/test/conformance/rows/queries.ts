import type { Row } from '../row';

const set = 'roleManagement/directory';
const instances = `${set}/roleEligibilityScheduleInstances`;
const definitions = `${set}/roleDefinitions`;
const assignments = 'policies/roleManagementPolicyAssignments';

/** reference §0.2, §0.4, §1.13: query options and what describes them, beyond those that every list shows. */
export const queries: readonly Row[] = [
  {
    section: '0.2',
    says: 'pages as small as the client prefers',
    ask: `GET ${definitions}?$select=id`,
    headers: { Prefer: 'odata.maxpagesize=2' },
    answer: { status: 200, value: 2, headers: { 'preference-applied': 'odata.maxpagesize=2' } },
  },
  {
    section: '0.2',
    says: 'gives an expanded collection that is contained a context of its own',
    ask: `GET ${definitions}/{userAdministrator}?$expand=inheritsPermissionsFrom&$select=id`,
    answer: {
      status: 200,
      context: `#${definitions}(id,inheritsPermissionsFrom())/$entity`,
      expands: ['inheritsPermissionsFrom@odata.context', 'inheritsPermissionsFrom'],
    },
  },
  {
    section: '0.4',
    says: 'filters by what is behind a navigation',
    ask: `GET ${instances}?$filter=roleDefinition/displayName eq 'User Administrator' and startswith(principal/userPrincipalName,'erin')`,
    answer: { status: 200, value: [{ principalId: '{erin}', roleDefinitionId: '{userAdministrator}' }] },
  },
  {
    section: '0.4',
    says: 'expands inside an expansion, with options of its own',
    ask: `GET ${assignments}?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq '{userAdministrator}'&$expand=policy($expand=rules($filter=id eq 'Approval_EndUser_Assignment'))`,
    answer: {
      status: 200,
      context: `#${assignments}(policy(rules()))`,
      value: [{ policy: { rules: [{ id: 'Approval_EndUser_Assignment' }] } }],
    },
  },
  {
    section: '0.4',
    says: 'counts with a segment of the path',
    ask: `GET ${definitions}/$count?$filter=displayName eq 'User Administrator'`,
    headers: { ConsistencyLevel: 'eventual' },
    answer: { status: 200, text: /^1$/ },
  },
  {
    section: '0.4',
    says: 'has no $search, and says so',
    ask: `GET ${definitions}?$search=administrator`,
    answer: { status: 400, code: 'BadRequest', says: '$search is not supported' },
    differs: 'no list of the reference takes $search; Microsoft has it on users and groups',
  },
  {
    section: '1.13',
    says: 'describes what is served',
    ask: 'GET $metadata',
    as: 'nobody',
    answer: { status: 200, text: /<EntityType Name="unifiedRoleEligibilitySchedule"/ },
  },
  {
    section: '1.13',
    says: 'describes what beta serves',
    ask: 'GET /beta/$metadata',
    as: 'nobody',
    answer: { status: 200, text: /Name="isPrivileged"/ },
  },
];
