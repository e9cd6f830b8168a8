/** Graph's permission names, grouped as the table of permissions uses them; least privileged first. */
const all = ['RoleManagement.Read.Directory', 'RoleManagement.Read.All', 'RoleManagement.ReadWrite.Directory'];

/** Reference §1.1, §1.2. */
export const READ_ROLES = [...all, 'Directory.Read.All', 'Directory.ReadWrite.All'];

/** Reference §1.1, §1.2: changing the catalogue, and who holds a role outside PIM. */
export const WRITE_ROLES = ['RoleManagement.ReadWrite.Directory'];

/** Reference §1.1: what roles may allow. */
export const READ_RESOURCE_ACTIONS = all;

/** Reference §1.3, §1.4: reading schedule requests, schedules and instances. */
export const readSchedules = (kind: 'Assignment' | 'Eligibility'): readonly string[] => [
  `Role${kind}Schedule.Read.Directory`,
  ...all,
  `Role${kind}Schedule.ReadWrite.Directory`,
];

/** Reference §1.3, §1.4: creating and cancelling schedule requests. */
export const writeSchedules = (kind: 'Assignment' | 'Eligibility'): readonly string[] => [
  `Role${kind}Schedule.ReadWrite.Directory`,
  'RoleManagement.ReadWrite.Directory',
];

/** Reference §1.3, §1.4: enough for requests that take something away, and for nothing else. */
export const removeSchedules = (kind: 'Assignment' | 'Eligibility'): readonly string[] => [
  `Role${kind}Schedule.Remove.Directory`,
];

/** Reference §1.7.1. */
export const READ_APPROVALS = [
  'RoleAssignmentSchedule.Read.Directory',
  'RoleAssignmentSchedule.ReadWrite.Directory',
  'RoleManagement.Read.Directory',
  'RoleManagement.ReadWrite.Directory',
];

/** Reference §1.8. */
export const READ_POLICIES = [
  'RoleManagementPolicy.Read.Directory',
  ...all,
  'RoleManagementPolicy.ReadWrite.Directory',
];
export const WRITE_POLICIES = ['RoleManagementPolicy.ReadWrite.Directory', 'RoleManagement.ReadWrite.Directory'];

/** Reference §1.8, §1.9: settings of groups. */
export const READ_GROUP_POLICIES = [
  'RoleManagementPolicy.Read.AzureADGroup',
  'RoleManagementPolicy.ReadWrite.AzureADGroup',
];
export const WRITE_GROUP_POLICIES = ['RoleManagementPolicy.ReadWrite.AzureADGroup'];

const legacyGroups = { read: 'PrivilegedAccess.Read.AzureADGroup', write: 'PrivilegedAccess.ReadWrite.AzureADGroup' };

/** Reference §1.9: who may be in a group, and who is; the older names are still accepted. */
export const readGroupSchedules = (kind: 'Assignment' | 'Eligibility'): readonly string[] => [
  `Privileged${kind}Schedule.Read.AzureADGroup`,
  `Privileged${kind}Schedule.ReadWrite.AzureADGroup`,
  legacyGroups.read,
  legacyGroups.write,
];
export const writeGroupSchedules = (kind: 'Assignment' | 'Eligibility'): readonly string[] => [
  `Privileged${kind}Schedule.ReadWrite.AzureADGroup`,
  legacyGroups.write,
];
export const removeGroupSchedules = (kind: 'Assignment' | 'Eligibility'): readonly string[] => [
  `Privileged${kind}Schedule.Remove.AzureADGroup`,
];

/** Which of the four sets of schedule requests. */
export interface RequestSet {
  readonly kind: 'assignment' | 'eligibility';
  readonly isOfGroup: boolean;
}

/** What deciding about a request needs: the same as sending one to its set. */
export const decideRequests = ({ kind, isOfGroup }: RequestSet): readonly string[] =>
  (isOfGroup ? writeGroupSchedules : writeSchedules)(kind === 'assignment' ? 'Assignment' : 'Eligibility');

/** What deciding about a request of any set needs, before it is known which. */
export const DECIDE_REQUESTS = [
  ...new Set(
    (['assignment', 'eligibility'] as const).flatMap((kind) =>
      [false, true].flatMap((isOfGroup) => decideRequests({ kind, isOfGroup })),
    ),
  ),
];

/** Reference §1.10. */
/** For decisions about the approvals of roles, and of groups. */
export const decideApprovals = ({ isOfGroup }: Pick<RequestSet, 'isOfGroup'>): readonly string[] =>
  isOfGroup ? writeGroupSchedules('Assignment') : writeSchedules('Assignment');
export const DECIDE_APPROVALS = [...decideApprovals({ isOfGroup: false }), ...decideApprovals({ isOfGroup: true })];

export const READ_ALERTS = ['RoleManagementAlert.Read.Directory', 'RoleManagementAlert.ReadWrite.Directory'];

/** Emergency access and what others make of it: Graph has no permission of its own for it. */
export const READ_EMERGENCY_REVIEWS = all;
export const WRITE_EMERGENCY_REVIEWS = ['RoleManagement.ReadWrite.Directory'];

/** Reference §1.12. */
export const READ_AUDIT = ['AuditLog.Read.All'];

const readDirectory = ['Directory.Read.All', 'Directory.ReadWrite.All'];

/** Look-ups around PIM (reference §1.13). */
export const READ_ME = ['User.Read', 'User.ReadBasic.All', 'User.Read.All', 'User.ReadWrite.All', ...readDirectory];
export const READ_USERS = ['User.ReadBasic.All', 'User.Read.All', 'User.ReadWrite.All', ...readDirectory];
/** More than the basic profile. */
export const READ_MANAGERS = ['User.Read.All', 'User.ReadWrite.All', ...readDirectory];
export const WRITE_USERS = ['User.ReadWrite.All', 'Directory.ReadWrite.All'];
export const READ_GROUPS = ['GroupMember.Read.All', 'Group.Read.All', 'Group.ReadWrite.All', ...readDirectory];
export const WRITE_GROUPS = ['Group.ReadWrite.All', 'Directory.ReadWrite.All'];
export const WRITE_MEMBERS = ['GroupMember.ReadWrite.All', ...WRITE_GROUPS];
export const WRITE_APPLICATIONS = ['Application.ReadWrite.All', 'Directory.ReadWrite.All'];
export const WRITE_UNITS = ['AdministrativeUnit.ReadWrite.All', 'Directory.ReadWrite.All'];
export const READ_UNITS = ['AdministrativeUnit.Read.All', 'AdministrativeUnit.ReadWrite.All', ...readDirectory];
export const READ_OBJECTS = readDirectory;
export const READ_ORGANIZATION = ['User.Read', 'Organization.Read.All', 'Organization.ReadWrite.All', ...readDirectory];
export const READ_SKUS = [
  'LicenseAssignment.Read.All',
  'Organization.Read.All',
  'Organization.ReadWrite.All',
  ...readDirectory,
];
export const READ_APPLICATIONS = ['Application.Read.All', 'Application.ReadWrite.All', ...readDirectory];

/** Application permissions of ours: to provision by SCIM, and by SCIM only; the second also for privileged accounts. */
export const SCIM = 'OpenPIM.Scim';
export const SCIM_PRIVILEGED = 'OpenPIM.Scim.PrivilegedAccounts';
