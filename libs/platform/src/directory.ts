import {
  principalStream,
  roleDefinitionStream,
  type PrincipalEvent,
  type PrincipalType,
  type RoleDefinitionEvent,
} from '@pim/contracts';
import type { Documents, Projection } from '@pim/engine';

/** A user, group or service principal as read models know it: what names are looked up in. */
export interface DirectoryObject {
  readonly id: string;
  readonly principalType: PrincipalType;
  readonly displayName: string;
  readonly userPrincipalName: string | null;
  readonly mail: string | null;
  readonly appId: string | null;
  readonly accountEnabled: boolean;
  readonly isAssignableToRole: boolean;
  /** Groups only. */
  readonly members: readonly string[];
}

const evolvePrincipal = (document: DirectoryObject | null, event: PrincipalEvent): DirectoryObject | null => {
  if (event.type === 'PrincipalRegistered') {
    const { principalId, at: _at, appRoles: _appRoles, ...rest } = event.data;
    return { id: principalId, ...rest, members: [] };
  }
  if (!document) return null;
  switch (event.type) {
    case 'GroupMemberAdded':
      return { ...document, members: [...document.members, event.data.memberId] };
    case 'PrincipalDisabled':
      return { ...document, accountEnabled: false };
    case 'PrincipalEnabled':
      return { ...document, accountEnabled: true };
    case 'PrincipalDisableRequested':
    case 'PrincipalDisableRefused':
      return document;
  }
};

const principalIdOf = (event: PrincipalEvent): string =>
  event.type === 'GroupMemberAdded' ? event.data.groupId : event.data.principalId;

/**
 * Names for ids. Every service that answers with names lists this projection; in one process it runs once.
 */
export const principals: Projection<DirectoryObject, PrincipalEvent> = {
  collection: 'directory.principals',
  sources: [principalStream],
  keys: (event) => [principalIdOf(event)],
  evolve: evolvePrincipal,
};

/** The ids under which somebody may be named: their own and those of their groups. For answers, never for decisions. */
export const selfAndGroups = async (documents: Documents, userId: string): Promise<readonly string[]> => {
  const groups = await documents.find<{ id: string }>(principals.collection, { filter: { members: userId } });
  return [userId, ...groups.map(({ id }) => id)];
};

/** A role definition in Graph's shape (reference §1.1). */
export interface RoleDefinitionDocument {
  readonly id: string;
  readonly templateId: string;
  readonly displayName: string;
  readonly description: string;
  readonly isBuiltIn: boolean;
  readonly isEnabled: boolean;
  readonly isPrivileged: boolean;
  readonly version: null;
  readonly resourceScopes: readonly string[];
  readonly rolePermissions: readonly { readonly allowedResourceActions: readonly string[]; readonly condition: null }[];
}

/** The role catalogue; listed like `principals`. */
export const roleDefinitions: Projection<RoleDefinitionDocument, RoleDefinitionEvent> = {
  collection: 'directory.roleDefinitions',
  sources: [roleDefinitionStream],
  keys: (event) => [event.data.roleDefinitionId],
  evolve: (_document, { data }) => ({
    id: data.roleDefinitionId,
    templateId: data.templateId,
    displayName: data.displayName,
    description: data.description,
    isBuiltIn: data.isBuiltIn,
    isEnabled: data.isEnabled,
    isPrivileged: data.isPrivileged,
    version: null,
    resourceScopes: ['/'],
    rolePermissions: [{ allowedResourceActions: data.allowedResourceActions, condition: null }],
  }),
};
