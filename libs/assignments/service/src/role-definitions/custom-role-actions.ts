/** The same tasks on several kinds of object. */
const each = (objects: readonly string[], tasks: readonly string[]): readonly string[] =>
  objects.flatMap((object) => tasks.map((task) => `microsoft.directory/${object}/${task}`));

const assigned = ['groups.security.assignedMembership', 'groups.unified.assignedMembership'];

/** Actions that Microsoft documents for custom roles and gives to no built-in one. */
export const customRoleActions: readonly string[] = [
  ...each(['applicationPolicies'], ['allProperties/read', 'allProperties/update', 'createAsOwner']),
  ...each(['applications', 'servicePrincipals'], ['allProperties/update']),
  ...each(
    ['applications.myOrganization'],
    [
      'allProperties/read',
      'allProperties/update',
      'audience/update',
      'authentication/update',
      'basic/update',
      'credentials/update',
      'delete',
      'owners/update',
      'permissions/update',
      'standard/read',
    ],
  ),
  ...each(['bitlockerKeys'], ['metadata/read']),
  ...each(['devices'], ['createdFrom/read']),
  ...each(['groups'], ['allProperties/update', 'createAsOwner']),
  ...each(['groups.security'], ['allProperties/update']),
  ...each(['groups.unified'], ['allProperties/update', 'classification/update', 'dynamicMembershipRule/update']),
  ...each(assigned, [
    'allProperties/update',
    'basic/update',
    'classification/update',
    'create',
    'createAsOwner',
    'members/update',
  ]),
  ...each(
    ['users'],
    [
      'contactInfo/update',
      'extensionProperties/update',
      'identities/read',
      'jobInfo/update',
      'parentalControls/update',
      'passwordPolicies/update',
    ],
  ),
];
