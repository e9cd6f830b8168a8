import { canBeHeldAt, type PrincipalState } from '@pim/assignments/domain';
import { scopeOf, type DirectoryScope } from '@pim/contracts';
import type { Journal } from '@pim/engine';
import { principalView } from './directory-roles';
import { roleDefinitionOf } from './role-definitions';

/** What there is to know of the scope an order is about. */
export interface ScopeFacts {
  /** Whether there is such a unit or object. */
  readonly isKnown: boolean;
  /** Whether the role can be held there. */
  readonly isAllowed: boolean;
}

const isThere = (scope: DirectoryScope, object: PrincipalState): boolean =>
  object.status === 'known' &&
  (object.principalType === 'administrativeUnit') === (scope.kind === 'administrativeUnit');

/** Roles over one object are about applications: held at a person or a group they would mean nothing. */
const isFit = (scope: DirectoryScope, object: PrincipalState): boolean =>
  scope.kind !== 'object' || object.status !== 'known' || object.principalType === 'servicePrincipal';

/** From the log. A scope that has none of the three forms is not known. */
export const scopeFacts = async (
  journal: Journal,
  { roleDefinitionId, directoryScopeId }: { readonly roleDefinitionId: string; readonly directoryScopeId: string },
): Promise<ScopeFacts> => {
  const scope = scopeOf(directoryScopeId);
  if (!scope) return { isKnown: false, isAllowed: false };
  if (scope.kind === 'tenant') return { isKnown: true, isAllowed: true };
  const [{ state: object }, role] = await Promise.all([
    journal.load(principalView, scope.id),
    roleDefinitionOf(journal, roleDefinitionId),
  ]);
  return {
    isKnown: isThere(scope, object),
    isAllowed: role.status === 'known' && canBeHeldAt(roleDefinitionId, role, scope) && isFit(scope, object),
  };
};
