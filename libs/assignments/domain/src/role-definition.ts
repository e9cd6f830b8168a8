import type { CustomRole, RoleDefinitionEvent } from '@pim/contracts';
import { PersistentMap } from '@pim/kernel';

/** A role of the catalogue, as far as decisions need it. What was deleted stays deleted: its id is spent. */
export type RoleDefinitionState =
  | { readonly status: 'absent' }
  | { readonly status: 'known'; readonly isBuiltIn: true; readonly isEnabled: boolean }
  | ({ readonly status: 'known'; readonly isBuiltIn: false } & CustomRole)
  | { readonly status: 'deleted' };

type KnownRole = Extract<RoleDefinitionState, { status: 'known' }>;
export type KnownCustomRole = Extract<KnownRole, { isBuiltIn: false }>;

/** The part of the catalogue that one stream holds: one built-in role, or all custom ones. */
export interface RoleCatalogueState {
  readonly roles: PersistentMap<KnownRole>;
  readonly deleted: PersistentMap<true>;
}

export const initialCatalogue: RoleCatalogueState = { roles: PersistentMap.empty(), deleted: PersistentMap.empty() };

/** A role by its id, as this stream knows it. */
export const roleIn = ({ roles, deleted }: RoleCatalogueState, id: string): RoleDefinitionState =>
  roles.get(id) ?? { status: deleted.has(id) ? 'deleted' : 'absent' };

const withRole = (state: RoleCatalogueState, id: string, role: KnownRole): RoleCatalogueState => ({
  ...state,
  roles: state.roles.with(id, role),
});

/** What an event changes. Nothing after a role's deletion means anything for it. */
export const evolveCatalogue = (state: RoleCatalogueState, event: RoleDefinitionEvent): RoleCatalogueState => {
  const { roleDefinitionId: id } = event.data;
  const known = state.roles.get(id);
  switch (event.type) {
    case 'RoleDefinitionRegistered':
      return withRole(state, id, { status: 'known', isBuiltIn: true, isEnabled: event.data.isEnabled });
    case 'RoleDefinitionCreated': {
      const { roleDefinitionId: _id, by: _by, at: _at, ...role } = event.data;
      return withRole(state, id, { status: 'known', isBuiltIn: false, ...role });
    }
    case 'RoleDefinitionUpdated':
      return known && !known.isBuiltIn ? withRole(state, id, { ...known, ...event.data.changed }) : state;
    case 'RoleDefinitionDeleted':
      return { roles: state.roles.without(id), deleted: state.deleted.with(id, true) };
    case 'RoleDefinitionDeleteRefused':
      return state;
  }
};
