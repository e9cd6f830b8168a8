import { roleScheduleStream, type RoleScheduleEvent } from '@pim/contracts';
import type { Projection } from '@pim/engine';

/** A role that must keep holders, or once had to: whoever is switched off may still be barred there. */
export interface GuardedRole {
  readonly roleDefinitionId: string;
  readonly directoryScopeId: string;
}

/** Where to look when an account is switched: never the ground of a decision. */
export const guardedRoles: Projection<GuardedRole, RoleScheduleEvent> = {
  collection: 'assignments.guardedRoles',
  sources: [roleScheduleStream],
  keys: ({ type, data }) => (type === 'MinimumHoldersSet' ? [data.roleDefinitionId] : []),
  evolve: (document, { data }) =>
    document ?? { roleDefinitionId: data.roleDefinitionId, directoryScopeId: data.directoryScopeId },
};
