import * as role from './directory-role-ids';
import { directoryRows } from './directory-rows';
import { isPublic, type PermissionRow, type ProtectedRow, type RoleRule } from './permission-row';
import { scimRows } from './scim-rows';
import * as scope from './scopes';

type Permissions = Omit<ProtectedRow, 'route'>;

const directory = '/roleManagement/directory';

/** The same permissions for users and applications, on several routes. */
const rows = (routes: readonly string[], permissions: readonly string[], roles: RoleRule): ProtectedRow[] =>
  routes.map((route) => ({ route, delegated: permissions, application: permissions, roles }));

/** For calls that need a signed-in user: no application can make them. */
const userRows = (routes: readonly string[], delegated: readonly string[], roles: RoleRule): ProtectedRow[] =>
  routes.map((route) => ({ route, delegated, application: [], roles }));

const requestRows = (kind: 'Assignment' | 'Eligibility'): PermissionRow[] => {
  const set = `${directory}/role${kind}ScheduleRequests`;
  const write: Permissions = {
    delegated: scope.writeSchedules(kind),
    application: scope.writeSchedules(kind),
    roles: 'handler',
  };
  return [
    ...rows([`GET ${set}`], scope.readSchedules(kind), role.READERS),
    // People wait for their own request by its id: its subject and its creator see it without a role.
    ...rows([`GET ${set}/:id`], scope.readSchedules(kind), 'handler'),
    ...userRows([`GET ${set}/filterByCurrentUser/:on`], scope.readSchedules(kind), 'self'),
    // admin* needs an administrator, self* the principal itself (reference §4.3): the body says which it is.
    { route: `POST ${set}`, ...write, removalOnly: scope.removeSchedules(kind) },
    // The creator of the request, or an administrator (reference §4.3).
    { route: `POST ${set}/:id/cancel`, ...write },
  ];
};

const scheduleRows = (kind: 'Assignment' | 'Eligibility'): PermissionRow[] =>
  [`${directory}/role${kind}Schedules`, `${directory}/role${kind}ScheduleInstances`].flatMap((set) => [
    ...rows([`GET ${set}`, `GET ${set}/:id`], scope.readSchedules(kind), role.READERS),
    ...userRows([`GET ${set}/filterByCurrentUser/:on`], scope.readSchedules(kind), 'self'),
  ]);

const groups = '/identityGovernance/privilegedAccess/group';

/** Who may see or decide is a matter of the group: its owners may, and the handler knows them (reference §1.9). */
const groupRows = (kind: 'Assignment' | 'Eligibility'): PermissionRow[] => {
  const name = kind.toLowerCase();
  const set = `${groups}/${name}ScheduleRequests`;
  const write: Permissions = {
    delegated: scope.writeGroupSchedules(kind),
    application: scope.writeGroupSchedules(kind),
    roles: 'handler',
  };
  const sets = [set, `${groups}/${name}Schedules`, `${groups}/${name}ScheduleInstances`];
  return [
    ...sets.flatMap((one) => [
      ...rows([`GET ${one}`, `GET ${one}/:id`], scope.readGroupSchedules(kind), 'handler'),
      ...userRows([`GET ${one}/filterByCurrentUser/:on`], scope.readGroupSchedules(kind), 'self'),
    ]),
    { route: `POST ${set}`, ...write, removalOnly: scope.removeGroupSchedules(kind) },
    { route: `POST ${set}/:id/cancel`, ...write },
  ];
};

const groupApprovals = `${groups}/assignmentApprovals`;

const groupApprovalRows: readonly PermissionRow[] = [
  ...userRows([`GET ${groupApprovals}/filterByCurrentUser/:on`], scope.readGroupSchedules('Assignment'), 'self'),
  ...userRows(
    ['', '/stages', '/stages/:stepId', '/steps', '/steps/:stepId'].map((path) => `GET ${groupApprovals}/:id${path}`),
    scope.readGroupSchedules('Assignment'),
    'handler',
  ),
  ...userRows(
    ['stages', 'steps'].map((name) => `PATCH ${groupApprovals}/:id/${name}/:stepId`),
    scope.writeGroupSchedules('Assignment'),
    'handler',
  ),
];

const approvals = `${directory}/roleAssignmentApprovals`;

/** Approvers, requesters and readers see an approval, only its approvers decide it: the handler knows who they are. */
const approvalRows: readonly PermissionRow[] = [
  ...userRows([`GET ${approvals}/filterByCurrentUser/:on`], scope.READ_APPROVALS, 'self'),
  ...userRows(
    [`GET ${approvals}/:id`, `GET ${approvals}/:id/steps`, `GET ${approvals}/:id/steps/:stepId`],
    scope.READ_APPROVALS,
    'handler',
  ),
  ...userRows([`PATCH ${approvals}/:id/steps/:stepId`], scope.writeSchedules('Assignment'), 'handler'),
  // Several at once, of roles and groups; the handler asks for the permission of each.
  ...userRows(['POST /openpim/v1/approvals/decisions'], scope.DECIDE_APPROVALS, 'handler'),
  // Of one's own; whoever ends another's must be an administrator.
  ...userRows(['GET /openpim/v1/approvalDelegations'], scope.READ_APPROVALS, 'self'),
  ...userRows(['POST /openpim/v1/approvalDelegations'], scope.DECIDE_APPROVALS, 'self'),
  ...userRows(['DELETE /openpim/v1/approvalDelegations/:id'], scope.DECIDE_APPROVALS, 'handler'),
];

const policies = '/policies/roleManagementPolicies';
const policyAssignments = '/policies/roleManagementPolicyAssignments';

/** Everyone may read role settings: whoever asks for a role has to know how long, and whether a ticket is needed. */
const policyRows: readonly PermissionRow[] = [
  ...rows(
    [
      ...['', '/:id', '/:id/rules', '/:id/rules/:ruleId', '/:id/effectiveRules', '/:id/effectiveRules/:ruleId'].map(
        (path) => `GET ${policies}${path}`,
      ),
      `GET ${policyAssignments}`,
      `GET ${policyAssignments}/:id`,
      'GET /openpim/v1/policies/:id/versions',
      'GET /openpim/v1/policies/:id/versions/:version',
    ],
    [...scope.READ_POLICIES, ...scope.READ_GROUP_POLICIES],
    'any-user',
  ),
  // Of a role or of a group, which the id says: the controller asks for the permission and the right to that one.
  ...rows(
    [`PATCH ${policies}/:id`, `PATCH ${policies}/:id/rules/:ruleId`],
    [...scope.WRITE_POLICIES, ...scope.WRITE_GROUP_POLICIES],
    'handler',
  ),
];

const pairs = '/openpim/v1/separationOfDuty';

/** Which roles must be apart is a setting of both: read and written as role settings are. */
const separationRows: readonly PermissionRow[] = [
  ...rows([`GET ${pairs}`, `GET ${pairs}/:id`], scope.READ_POLICIES, 'any-user'),
  ...rows([`POST ${pairs}`, `DELETE ${pairs}/:id`], scope.WRITE_POLICIES, role.ADMINISTRATORS),
];

const audit: Permissions = {
  delegated: scope.READ_AUDIT,
  application: scope.READ_AUDIT,
  roles: role.AUDIT_READERS,
  denial: { code: 'Authentication_RequestFromUnsupportedUserRole', message: 'User is not in the allowed roles' },
};

const alerts = '/identityGovernance/roleManagementAlerts/alerts';

const definitions = `${directory}/roleDefinitions`;
const namespaces = `${directory}/resourceNamespaces`;

const roleDefinitionRows: readonly PermissionRow[] = [
  ...rows([`GET ${definitions}`, `GET ${definitions}/:id`], scope.READ_ROLES, 'any-user'),
  ...rows(
    [`POST ${definitions}`, `PATCH ${definitions}/:id`, `DELETE ${definitions}/:id`],
    scope.WRITE_ROLES,
    role.ADMINISTRATORS,
  ),
  ...rows(
    ['', '/:id', '/:id/resourceActions', '/:id/resourceActions/:actionId'].map((path) => `GET ${namespaces}${path}`),
    scope.READ_RESOURCE_ACTIONS,
    role.CATALOGUE_READERS,
  ),
];

const callRows: readonly PermissionRow[] = [
  ...roleDefinitionRows,
  ...rows(
    ['', '/:id']
      .map((path) => `GET ${directory}/roleAssignments${path}`)
      .concat(`GET ${directory}/transitiveRoleAssignments`),
    scope.READ_ROLES,
    role.ASSIGNMENT_READERS,
  ),
  ...rows(
    [`POST ${directory}/roleAssignments`, `DELETE ${directory}/roleAssignments/:id`],
    scope.WRITE_ROLES,
    role.ADMINISTRATORS,
  ),
  ...requestRows('Assignment'),
  ...requestRows('Eligibility'),
  // Graph has no call for it; the handler asks for the permission to the request's own set, and records who tries
  // without being an administrator (reference §4.3).
  ...userRows(['POST /openpim/v1/scheduleRequests/:id/decision'], scope.DECIDE_REQUESTS, 'handler'),
  // What activating would need of the caller, and what of theirs stands in its way.
  ...userRows(
    [`GET /openpim/v1${directory}/roleAssignmentScheduleRequests/preview`],
    scope.readSchedules('Assignment'),
    'self',
  ),
  ...userRows(
    [`GET /openpim/v1${groups}/assignmentScheduleRequests/preview`],
    scope.readGroupSchedules('Assignment'),
    'self',
  ),
  // Whose emergency it was says who may close its review; the handler records who tries without being an administrator.
  ...rows(
    ['GET /openpim/v1/emergencyReviews', 'GET /openpim/v1/emergencyReviews/:id'],
    scope.READ_EMERGENCY_REVIEWS,
    role.READERS,
  ),
  ...userRows(['PATCH /openpim/v1/emergencyReviews/:id'], scope.WRITE_EMERGENCY_REVIEWS, 'handler'),
  ...scheduleRows('Assignment'),
  ...scheduleRows('Eligibility'),
  ...groupRows('Assignment'),
  ...groupRows('Eligibility'),
  ...groupApprovalRows,
  ...approvalRows,
  ...policyRows,
  ...separationRows,
  { route: 'GET /auditLogs/directoryAudits', ...audit },
  { route: 'GET /auditLogs/directoryAudits/:id', ...audit },
  ...directoryRows,
  ...rows([`GET ${alerts}`, `GET ${alerts}/:id`], scope.READ_ALERTS, role.ALERT_READERS),
  ...scimRows,
  ...rows(['GET /openpim/v1/readModels', 'GET /openpim/v1/readModels/:id'], scope.READ_ROLES, role.READERS),
  ...rows(['POST /openpim/v1/readModels/:id/rebuild'], scope.WRITE_ROLES, role.ADMINISTRATORS),
  ...rows(['GET /openpim/v1/parkedMessages'], scope.READ_ROLES, role.READERS),
  ...rows(
    ['/:group', '/:group/:eventId'].map((path) => `POST /openpim/v1/parkedMessages${path}/replay`),
    scope.WRITE_ROLES,
    role.ADMINISTRATORS,
  ),
  { route: 'GET /', access: 'public' },
  { route: 'GET /$metadata', access: 'public' },
  { route: 'GET /openapi.json', access: 'public' },
  { route: 'GET /asyncapi.yaml', access: 'public' },
  { route: 'GET /schemas/:file', access: 'public' },
  { route: 'GET /health/live', access: 'public' },
  { route: 'GET /health/ready', access: 'public' },
  { route: 'GET /health/startup', access: 'public' },
  // In development mode only: in production on a port of its own.
  { route: 'GET /metrics', access: 'public' },
  { route: 'ANY /idp/*', access: 'public' },
];

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

const delegatedIn = (row: PermissionRow): readonly string[] =>
  isPublic(row) ? [] : [...row.delegated, ...(row.removalOnly ?? [])];

const applicationIn = (row: PermissionRow): readonly string[] =>
  isPublic(row) ? [] : [...row.application, ...(row.removalOnly ?? [])];

/** A batch is for whoever may make any call at all; each request in it then has to pass its own row. */
const batchRow: ProtectedRow = {
  route: 'POST /$batch',
  delegated: unique(callRows.flatMap(delegatedIn)),
  application: unique(callRows.flatMap(applicationIn)),
  roles: 'any-user',
};

/** What each route needs. Start-up refuses a route without a row. */
export const permissionTable: readonly PermissionRow[] = [...callRows, batchRow];

/** Every delegated scope that some route accepts, sorted. */
export const delegatedScopes = (table: readonly PermissionRow[] = permissionTable): readonly string[] =>
  unique(table.flatMap(delegatedIn));
