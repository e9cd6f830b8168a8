import { canBeHeldAt, type PrincipalState, type ScopableRole } from '@pim/assignments/domain';
import { roleDefinitionStream, scopeOf, type DirectoryScope, type RoleDefinitionEvent } from '@pim/contracts';
import type { Journal, StreamView } from '@pim/engine';
import { principalView } from './directory-roles';

/** What there is to know of the scope an order is about. */
export interface ScopeFacts {
  /** Whether there is such a unit or object. */
  readonly isKnown: boolean;
  /** Whether the role can be held there. */
  readonly isAllowed: boolean;
}

/** A role as far as it says where it can be held; null before it was registered. */
const scopableRole: StreamView<ScopableRole | null, RoleDefinitionEvent> = {
  stream: roleDefinitionStream,
  view: {
    initial: null,
    evolve: (_role, { data: { roleDefinitionId, isBuiltIn, allowedResourceActions } }) => ({
      roleDefinitionId,
      isBuiltIn,
      allowedResourceActions,
    }),
  },
};

const isThere = (scope: DirectoryScope, object: PrincipalState): boolean =>
  object.status === 'known' &&
  (object.principalType === 'administrativeUnit') === (scope.kind === 'administrativeUnit');

/** From the log. A scope that has none of the three forms is not known. */
export const scopeFacts = async (
  journal: Journal,
  { roleDefinitionId, directoryScopeId }: { readonly roleDefinitionId: string; readonly directoryScopeId: string },
): Promise<ScopeFacts> => {
  const scope = scopeOf(directoryScopeId);
  if (!scope) return { isKnown: false, isAllowed: false };
  if (scope.kind === 'tenant') return { isKnown: true, isAllowed: true };
  const [{ state: object }, { state: role }] = await Promise.all([
    journal.load(principalView, scope.id),
    journal.load(scopableRole, roleDefinitionId),
  ]);
  return { isKnown: isThere(scope, object), isAllowed: role !== null && canBeHeldAt(role, scope) };
};
