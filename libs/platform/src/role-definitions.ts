import { roleDefinition, roleIn, type RoleCatalogueState, type RoleDefinitionState } from '@pim/assignments/domain';
import {
  customRolesId,
  roleDefinitionStream,
  type CustomRole,
  type RoleDefinitionCreated,
  type RoleDefinitionEvent,
  type RoleDefinitionRegistered,
} from '@pim/contracts';
import type { Journal, Projection, StreamView } from '@pim/engine';

const catalogueView: StreamView<RoleCatalogueState, RoleDefinitionEvent> = {
  stream: roleDefinitionStream,
  view: roleDefinition,
};

/** A role definition, built in or custom, from the log. */
export const roleDefinitionOf = async (journal: Journal, id: string): Promise<RoleDefinitionState> => {
  const builtIn = roleIn((await journal.load(catalogueView, id)).state, id);
  if (builtIn.status !== 'absent') return builtIn;
  return roleIn((await journal.load(catalogueView, customRolesId)).state, id);
};

/** A role definition in Graph's shape (reference §1.1). */
export interface RoleDefinitionDocument {
  readonly id: string;
  readonly templateId: string;
  readonly displayName: string;
  readonly description: string | null;
  readonly isBuiltIn: boolean;
  readonly isEnabled: boolean;
  readonly isPrivileged: boolean;
  readonly version: string | null;
  readonly resourceScopes: readonly string[];
  readonly rolePermissions: readonly { readonly allowedResourceActions: readonly string[]; readonly condition: null }[];
}

const permissions = (sets: CustomRole['rolePermissions']): RoleDefinitionDocument['rolePermissions'] =>
  sets.map(({ allowedResourceActions }) => ({ allowedResourceActions, condition: null }));

const registered = (data: RoleDefinitionRegistered['data']): RoleDefinitionDocument => ({
  id: data.roleDefinitionId,
  templateId: data.templateId,
  displayName: data.displayName,
  description: data.description,
  isBuiltIn: data.isBuiltIn,
  isEnabled: data.isEnabled,
  isPrivileged: data.isPrivileged,
  version: null,
  resourceScopes: ['/'],
  rolePermissions: permissions([data]),
});

const created = (data: RoleDefinitionCreated['data']): RoleDefinitionDocument => ({
  id: data.roleDefinitionId,
  templateId: data.roleDefinitionId,
  displayName: data.displayName,
  description: data.description,
  isBuiltIn: false,
  isEnabled: data.isEnabled,
  isPrivileged: data.isPrivileged,
  version: data.version,
  resourceScopes: ['/'],
  rolePermissions: permissions(data.rolePermissions),
});

const updated = (document: RoleDefinitionDocument, changed: Partial<CustomRole>): RoleDefinitionDocument => {
  const { rolePermissions, ...rest } = changed;
  return { ...document, ...rest, ...(rolePermissions ? { rolePermissions: permissions(rolePermissions) } : {}) };
};

const evolve = (document: RoleDefinitionDocument | null, event: RoleDefinitionEvent): RoleDefinitionDocument | null => {
  switch (event.type) {
    case 'RoleDefinitionRegistered':
      return registered(event.data);
    case 'RoleDefinitionCreated':
      return created(event.data);
    case 'RoleDefinitionUpdated':
      return document && updated(document, event.data.changed);
    case 'RoleDefinitionDeleted':
      return null;
    case 'RoleDefinitionDeleteRefused':
      return document;
  }
};

/** The role catalogue; listed like `principals`. */
export const roleDefinitions: Projection<RoleDefinitionDocument, RoleDefinitionEvent> = {
  collection: 'directory.roleDefinitions',
  sources: [roleDefinitionStream],
  keys: (event) => [event.data.roleDefinitionId],
  evolve,
};
