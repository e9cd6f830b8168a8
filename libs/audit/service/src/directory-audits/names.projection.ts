import {
  principalStream,
  roleDefinitionStream,
  type PrincipalEvent,
  type PrincipalType,
  type RoleDefinitionEvent,
} from '@pim/contracts';
import type { Projection } from '@pim/engine';
import { principalIdOf } from '@pim/platform';

/** What a principal is called, or was when it was deleted: the trail speaks of those who are gone, too. */
export interface NamedPrincipal {
  readonly id: string;
  readonly principalType: PrincipalType;
  readonly displayName: string;
  readonly userPrincipalName: string | null;
  readonly appId: string | null;
}

const evolve = (document: NamedPrincipal | null, event: PrincipalEvent): NamedPrincipal | null => {
  if (event.type === 'PrincipalRegistered') {
    const { principalId: id, principalType, displayName, userPrincipalName, appId } = event.data;
    return { id, principalType, displayName, userPrincipalName, appId };
  }
  if (!document || event.type !== 'PrincipalAttributesChanged') return document;
  const { displayName = document.displayName, userPrincipalName = document.userPrincipalName } = event.data.changed;
  return { ...document, displayName, userPrincipalName };
};

export const namedPrincipals: Projection<NamedPrincipal, PrincipalEvent> = {
  collection: 'audit.names',
  sources: [principalStream],
  keys: (event) => [principalIdOf(event)],
  evolve,
};

/** What a role is called, or was when it was deleted. */
export interface NamedRole {
  readonly id: string;
  readonly displayName: string;
  readonly isBuiltIn: boolean;
}

const evolveRole = (document: NamedRole | null, { type, data }: RoleDefinitionEvent): NamedRole | null => {
  if (type === 'RoleDefinitionRegistered' || type === 'RoleDefinitionCreated')
    return { id: data.roleDefinitionId, displayName: data.displayName, isBuiltIn: type === 'RoleDefinitionRegistered' };
  if (!document || type !== 'RoleDefinitionUpdated') return document;
  return { ...document, displayName: data.changed.displayName ?? document.displayName };
};

export const namedRoles: Projection<NamedRole, RoleDefinitionEvent> = {
  collection: 'audit.roleNames',
  sources: [roleDefinitionStream],
  keys: (event) => [event.data.roleDefinitionId],
  evolve: evolveRole,
};
