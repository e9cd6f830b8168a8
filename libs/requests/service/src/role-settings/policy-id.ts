import { accessIds } from '@pim/contracts';
import { guidFor } from '@pim/platform';

/** Which settings: of a directory role, or of a group's members or owners. */
export interface PolicySubject {
  /** The role's id, or `member` or `owner`. */
  readonly roleDefinitionId: string;
  /** `/`, or the group. */
  readonly scopeId: string;
  readonly scopeType: 'DirectoryRole' | 'Group';
}

const rolePrefix = (tenantId: string): string => `DirectoryRole_${tenantId}_`;

/** `{scopeType}_{tenantId}_{guid}` (reference §1.8); the guid is the role's own, so that it never changes. */
export const policyIdOf = (tenantId: string, roleDefinitionId: string): string =>
  `${rolePrefix(tenantId)}${roleDefinitionId}`;

/** `{scopeType}_{groupId}_{guid}`: the guid is always the same for the same group and relationship. */
export const groupPolicyIdOf = (groupId: string, accessId: string): string =>
  `Group_${groupId}_${guidFor(`policy ${groupId} ${accessId}`)}`;

const groupIdIn = /^Group_([0-9a-f-]{36})_/;

/** What a policy id is about, or null when it is not one of this tenant's; whether that exists is not looked at. */
export const subjectOfPolicy = (tenantId: string, policyId: string): PolicySubject | null => {
  if (policyId.startsWith(rolePrefix(tenantId))) {
    const roleDefinitionId = policyId.slice(rolePrefix(tenantId).length);
    return { roleDefinitionId, scopeId: '/', scopeType: 'DirectoryRole' };
  }
  const groupId = groupIdIn.exec(policyId)?.[1];
  if (groupId === undefined) return null;
  const accessId = accessIds.find((one) => groupPolicyIdOf(groupId, one) === policyId);
  return accessId ? { roleDefinitionId: accessId, scopeId: groupId, scopeType: 'Group' } : null;
};
