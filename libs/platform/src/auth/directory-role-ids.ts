/** Template ids of the built-in directory roles that this API asks for; the same in every tenant (reference §1.3). */
export const DIRECTORY_ROLE = {
  globalAdministrator: '62e90394-69f5-4237-9190-012177145e10',
  privilegedRoleAdministrator: 'e8611ab8-c189-46e8-94e1-60213ab1f814',
  userAdministrator: 'fe930be7-5e62-47db-91af-98c3a49a38b1',
  groupsAdministrator: 'fdd7a751-b60b-444a-984c-02652fe8fa1c',
  applicationAdministrator: '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
  cloudApplicationAdministrator: '158c047a-c907-4556-b7ef-446551a6b5f7',
  directoryWriters: '9360feb5-f418-4baa-8175-e2a00bac4301',
  identityGovernanceAdministrator: '45d8d3c5-c802-45c6-b32a-1d70b5e1e86e',
  globalReader: 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
  directoryReaders: '88d8e3e3-8f55-4a1e-953a-9b9898b8876b',
  reportsReader: '4a5d8f65-41da-4de4-8968-e035b65339cf',
  securityAdministrator: '194ae4cb-b126-40b2-bd5b-6091b380977d',
  securityOperator: '5f2222b1-57c3-48ba-8ad5-d4759f1fde6f',
  securityReader: '5d6b6bb7-de71-4623-b4af-96380a352509',
} as const;

const role = DIRECTORY_ROLE;

/** May change who holds what (reference §4.3). */
export const ADMINISTRATORS: readonly string[] = [role.privilegedRoleAdministrator, role.globalAdministrator];

/** May see which resource actions there are. */
export const CATALOGUE_READERS: readonly string[] = [role.directoryReaders, role.globalReader, ...ADMINISTRATORS];

/** May see who holds, held and asked for what (reference §1.3). */
export const READERS: readonly string[] = [
  role.globalReader,
  role.securityOperator,
  role.securityReader,
  role.securityAdministrator,
  ...ADMINISTRATORS,
];

/** May list standing role assignments: the readers, and those who read the directory. */
export const ASSIGNMENT_READERS: readonly string[] = [role.directoryReaders, ...READERS];

/** May see security alerts (reference §1.10). */
export const ALERT_READERS: readonly string[] = [
  role.globalReader,
  role.securityAdministrator,
  role.securityReader,
  ...ADMINISTRATORS,
];

/** May see the audit log (reference §1.12). The people who manage privileged roles see what they did. */
export const AUDIT_READERS: readonly string[] = [
  role.reportsReader,
  role.securityReader,
  role.securityAdministrator,
  role.globalReader,
  ...ADMINISTRATORS,
];

/** May change accounts of people without a privileged role; for the others see `requireAdministrator`. */
export const ACCOUNT_ADMINISTRATORS: readonly string[] = [role.userAdministrator, ...ADMINISTRATORS];

/** May change who is in an ordinary group; for role-assignable ones see `AssignmentRights` (reference §1.9). */
export const GROUP_ADMINISTRATORS: readonly string[] = [
  role.groupsAdministrator,
  role.directoryWriters,
  role.identityGovernanceAdministrator,
  role.userAdministrator,
  ...ADMINISTRATORS,
];

/** May change applications without a privileged role. */
export const APPLICATION_ADMINISTRATORS: readonly string[] = [
  role.applicationAdministrator,
  role.cloudApplicationAdministrator,
  ...ADMINISTRATORS,
];
