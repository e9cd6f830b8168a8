import type { Actor, CustomRole, Instant, RoleDefinitionEvent } from '@pim/contracts';
import { canonicalJson, Rejection, type DomainCommand } from '@pim/kernel';
import { badRequest, notFound } from './principal';
import { roleIn, type KnownCustomRole, type RoleCatalogueState } from './role-definition';

/** Custom roles in one tenant (reference §8.1). */
const mostCustomRoles = 100;

/** What the rest of the catalogue has to say to a custom role; asked of built-in roles, which never change. */
export interface CatalogueFacts {
  /** Actions of the role that no built-in role has. */
  readonly unknownActions: readonly string[];
  /** Whether a built-in role has this name. */
  readonly isNameOfBuiltIn: boolean;
}

interface By {
  readonly roleDefinitionId: string;
  readonly by: Actor;
  readonly now: Instant;
}

/** Makes a custom role. `isIdOfBuiltIn`: the id belongs to a built-in role. */
export type CreateRoleDefinition = DomainCommand<
  'CreateRoleDefinition',
  By & { readonly role: CustomRole; readonly facts: CatalogueFacts & { readonly isIdOfBuiltIn: boolean } }
>;

/** Changes what is given of a custom role. */
export type UpdateRoleDefinition = DomainCommand<
  'UpdateRoleDefinition',
  By & { readonly changes: Partial<CustomRole>; readonly facts: CatalogueFacts }
>;

/** Deletes a custom role. `isAssigned`: somebody has it or is eligible for it, now or later, at any scope. */
export type DeleteRoleDefinition = DomainCommand<'DeleteRoleDefinition', By & { readonly isAssigned: boolean }>;

const some = (actions: readonly string[]): string =>
  `${actions.slice(0, 5).join(', ')}${actions.length > 5 ? ` and ${actions.length - 5} more` : ''}`;

const requireKnownActions = ({ unknownActions }: CatalogueFacts): void => {
  if (unknownActions.length > 0)
    throw badRequest(
      `These resource actions do not exist: ${some(unknownActions)}. resourceNamespaces lists those that do.`,
    );
};

/** Whether people would read the same name: without regard to case, to spaces around it, and to forms of a letter. */
export const isSameName = (one: string, other: string): boolean => nameKey(one) === nameKey(other);

const nameKey = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

const isTaken = (name: string, id: string, { roles }: RoleCatalogueState): boolean =>
  [...roles.keys()].some((other) => {
    const role = roles.get(other);
    return other !== id && role?.isBuiltIn === false && isSameName(role.displayName, name);
  });

const requireFreeName = (name: string, id: string, facts: CatalogueFacts, state: RoleCatalogueState): void => {
  if (nameKey(name) === '') throw badRequest('displayName must not be blank.');
  if (facts.isNameOfBuiltIn || isTaken(name, id, state))
    throw badRequest('Another role definition has this displayName. Choose another one.');
};

const conflict = (message: string): Rejection => new Rejection('conflict', 'Conflict', message);

/** The members of `changes` that differ from what is so. */
const differing = (changes: Partial<CustomRole>, role: CustomRole): Partial<CustomRole> =>
  Object.fromEntries(
    Object.entries(changes).filter(
      ([key, value]) => value !== undefined && canonicalJson(value) !== canonicalJson(role[key as keyof CustomRole]),
    ),
  );

const requireFreeId = (id: string, isIdOfBuiltIn: boolean, state: RoleCatalogueState): void => {
  const { status } = roleIn(state, id);
  if (status === 'deleted')
    throw conflict('A role with this templateId was deleted, and its id cannot be used again. Use a new one.');
  if (isIdOfBuiltIn || status === 'known')
    throw conflict('A role with this templateId exists. Use another one, or update that role.');
};

/**
 * Silence for a role that is there exactly so. Throws `Conflict` for an id that is or was taken, `Request_BadRequest`
 * for a name that is taken, actions that do not exist, and for one role too many.
 */
export const createRole = (
  { roleDefinitionId, role, facts, by, now }: CreateRoleDefinition['data'],
  state: RoleCatalogueState,
): readonly RoleDefinitionEvent[] => {
  const known = roleIn(state, roleDefinitionId);
  if (known.status === 'known' && !known.isBuiltIn && Object.keys(differing(role, known)).length === 0) return [];
  requireFreeId(roleDefinitionId, facts.isIdOfBuiltIn, state);
  requireKnownActions(facts);
  requireFreeName(role.displayName, roleDefinitionId, facts, state);
  if (state.roles.size >= mostCustomRoles)
    throw badRequest(`The tenant has ${mostCustomRoles} custom roles, which is the most. Delete one first.`);
  return [{ type: 'RoleDefinitionCreated', data: { roleDefinitionId, ...role, by, at: now } }];
};

const requireCustom = (id: string, state: RoleCatalogueState): KnownCustomRole => {
  const role = roleIn(state, id);
  if (role.status !== 'known' || role.isBuiltIn) throw notFound(id);
  return role;
};

/** Silence when nothing differs. Throws as `createRole`, and `Request_ResourceNotFound` for a role that is not there. */
export const updateRole = (
  { roleDefinitionId, changes, facts, by, now }: UpdateRoleDefinition['data'],
  state: RoleCatalogueState,
): readonly RoleDefinitionEvent[] => {
  const changed = differing(changes, requireCustom(roleDefinitionId, state));
  if (Object.keys(changed).length === 0) return [];
  requireKnownActions(facts);
  if (changed.displayName !== undefined) requireFreeName(changed.displayName, roleDefinitionId, facts, state);
  return [{ type: 'RoleDefinitionUpdated', data: { roleDefinitionId, changed, by, at: now } }];
};

/** Silence for a role that is deleted. A role that somebody has stays, and that is on record. */
export const deleteRole = (
  { roleDefinitionId, isAssigned, by, now }: DeleteRoleDefinition['data'],
  state: RoleCatalogueState,
): readonly RoleDefinitionEvent[] => {
  if (state.deleted.has(roleDefinitionId)) return [];
  requireCustom(roleDefinitionId, state);
  if (!isAssigned) return [{ type: 'RoleDefinitionDeleted', data: { roleDefinitionId, by, at: now } }];
  const code = 'Request_BadRequest';
  const message = 'The role is still assigned. Remove every eligible and active assignment of it first.';
  return [{ type: 'RoleDefinitionDeleteRefused', data: { roleDefinitionId, code, message, by, at: now } }];
};
