import type { Instant, RoleDefinitionEvent, RoleDefinitionRegistered } from '@pim/contracts';
import type { Decider, DomainCommand } from '@pim/kernel';
import {
  createRole,
  deleteRole,
  updateRole,
  type CreateRoleDefinition,
  type DeleteRoleDefinition,
  type UpdateRoleDefinition,
} from './role-definition.custom.decide';
import { evolveCatalogue, initialCatalogue, type RoleCatalogueState } from './role-definition';

/** Enters a built-in role into the catalogue. One that is in it stays as it is, whatever is said about it now. */
export type RegisterRoleDefinition = DomainCommand<
  'RegisterRoleDefinition',
  Omit<RoleDefinitionRegistered['data'], 'at'> & { now: Instant }
>;

export type RoleDefinitionCommand =
  RegisterRoleDefinition | CreateRoleDefinition | UpdateRoleDefinition | DeleteRoleDefinition;

const register = (
  { now, ...definition }: RegisterRoleDefinition['data'],
  state: RoleCatalogueState,
): readonly RoleDefinitionEvent[] =>
  state.roles.has(definition.roleDefinitionId)
    ? []
    : [{ type: 'RoleDefinitionRegistered', data: { ...definition, at: now } }];

const decide = (command: RoleDefinitionCommand, state: RoleCatalogueState): readonly RoleDefinitionEvent[] => {
  switch (command.type) {
    case 'RegisterRoleDefinition':
      return register(command.data, state);
    case 'CreateRoleDefinition':
      return createRole(command.data, state);
    case 'UpdateRoleDefinition':
      return updateRole(command.data, state);
    case 'DeleteRoleDefinition':
      return deleteRole(command.data, state);
  }
};

/**
 * The catalogue of roles. All custom roles are in one stream, which therefore decides whether a name is free and whether
 * there is room for one more.
 */
export const roleDefinition: Decider<RoleCatalogueState, RoleDefinitionCommand, RoleDefinitionEvent> = {
  initial: initialCatalogue,
  evolve: evolveCatalogue,
  decide,
};
