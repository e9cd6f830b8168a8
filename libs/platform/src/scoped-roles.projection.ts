import { accessIdOf, roleScheduleId, roleScheduleStream, type RoleScheduleEvent } from '@pim/contracts';
import type { Projection } from '@pim/engine';

/** A scope below the tenant at which a role was given at some time. */
export interface ScopedRole {
  readonly roleDefinitionId: string;
  readonly directoryScopeId: string;
}

const isScoped = ({ roleDefinitionId, directoryScopeId }: ScopedRole): boolean =>
  directoryScopeId !== '/' && accessIdOf(roleDefinitionId) === null;

/** Which guard streams of a role there are besides that of the whole tenant: where to look, never the ground of a decision. */
export const scopedRoles: Projection<ScopedRole, RoleScheduleEvent> = {
  collection: 'assignments.scopedRoles',
  sources: [roleScheduleStream],
  keys: ({ type, data }) =>
    (type === 'EligibilityGranted' || type === 'AssignmentGranted') && isScoped(data)
      ? [roleScheduleId(data.roleDefinitionId, data.directoryScopeId)]
      : [],
  evolve: (document, { data }) =>
    document ?? { roleDefinitionId: data.roleDefinitionId, directoryScopeId: data.directoryScopeId },
};
