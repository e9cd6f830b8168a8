import type { DirectoryScope, RolePermission } from '@pim/contracts';

/** A role as far as it says where it can be held. */
export type ScopableRole =
  { readonly isBuiltIn: true } | { readonly isBuiltIn: false; readonly rolePermissions: readonly RolePermission[] };

/** Built-in roles that Microsoft lets be held in an administrative unit (reference §4.6). */
const unitRoles: ReadonlySet<string> = new Set([
  '58a13ea3-c632-46ae-9ee0-9c0d43cd7f3d', // Attribute Assignment Administrator
  'ffd52fa5-98dc-465c-991d-fc073eb59f8f', // Attribute Assignment Reader
  'c4e39bd9-1100-46d3-8c65-fb160da0071f', // Authentication Administrator
  '7698a772-787b-4ac8-901f-60d6b08affd2', // Cloud Device Administrator
  'fdd7a751-b60b-444a-984c-02652fe8fa1c', // Groups Administrator
  '729827e3-9c14-49f7-bb1b-9608f156bbb8', // Helpdesk Administrator
  '4d6ac14f-3453-41d0-bef9-a3e0c569773a', // License Administrator
  '966707d0-3269-4727-9be2-8c3a10f19b9d', // Password Administrator
  '644ef478-e28f-4e28-b9dc-3fdde9aa0b1f', // Printer Administrator
  '7be44c8a-adaf-4e2a-84d6-ab2649e08a13', // Privileged Authentication Administrator
  'f28a1f50-f6e7-4571-818b-6a12f2af6b6c', // SharePoint Administrator
  '69091246-20e8-4a56-aa4d-066075b2a7a8', // Teams Administrator
  '3d762c5a-1b6c-493f-843e-55a3b42923d4', // Teams Devices Administrator
  'fe930be7-5e62-47db-91af-98c3a49a38b1', // User Administrator
]);

/** Built-in roles about applications: these can be held at a single one. */
const objectRoles: ReadonlySet<string> = new Set([
  '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3', // Application Administrator
  '158c047a-c907-4556-b7ef-446551a6b5f7', // Cloud Application Administrator
]);

const about = {
  administrativeUnit: /^microsoft\.directory\/(?:users|groups|devices)\b/,
  object: /^microsoft\.directory\/(?:applications|servicePrincipals)\b/,
} as const;

const builtIn = { administrativeUnit: unitRoles, object: objectRoles } as const;

const actionsOf = (sets: readonly RolePermission[]): readonly string[] =>
  sets.flatMap(({ allowedResourceActions }) => allowedResourceActions);

/** Whether a role can be held at such a scope; a custom one where it has permissions over what is there. */
export const canBeHeldAt = (roleDefinitionId: string, role: ScopableRole, { kind }: DirectoryScope): boolean => {
  if (kind === 'tenant') return true;
  if (role.isBuiltIn) return builtIn[kind].has(roleDefinitionId);
  return actionsOf(role.rolePermissions).some((action) => about[kind].test(action));
};
