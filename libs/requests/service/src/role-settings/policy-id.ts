const prefix = (tenantId: string): string => `DirectoryRole_${tenantId}_`;

/** `{scopeType}_{tenantId}_{guid}` (reference §1.8); the guid is the role's own, so that it never changes. */
export const policyIdOf = (tenantId: string, roleDefinitionId: string): string =>
  `${prefix(tenantId)}${roleDefinitionId}`;

/** The role a policy id is about, or null when it is not one of this tenant's. */
export const roleOfPolicy = (tenantId: string, policyId: string): string | null =>
  policyId.startsWith(prefix(tenantId)) ? policyId.slice(prefix(tenantId).length) : null;
