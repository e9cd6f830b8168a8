import type { ApprovedOrder } from '@pim/contracts';
import { Rejection } from '@pim/kernel';

/** A scope for which an approver agrees, and what the log says of it. */
export interface Narrowing {
  readonly directoryScopeId: string;
  /** Whether it is about a group's members or owners. */
  readonly isOfGroup: boolean;
  /** Whether there is such a unit or object. */
  readonly isKnown: boolean;
  /** Whether the role can be held there. */
  readonly isAllowed: boolean;
}

type Scope = Pick<ApprovedOrder, 'directoryScopeId' | 'narrowedFrom'>;

const invalid = (message: string) => new Rejection('invalid', 'InvalidRoleAssignmentRequest', message);

const refuseUnfit = (order: ApprovedOrder, { directoryScopeId, isOfGroup, isKnown, isAllowed }: Narrowing): void => {
  if (isOfGroup) throw invalid('A group has no scopes within it. Answer without directoryScopeId.');
  if (directoryScopeId === order.directoryScopeId) return;
  // Only the whole tenant contains anything.
  if (order.directoryScopeId !== '/')
    throw invalid(
      `An approver may narrow the scope, not widen or change it. Send ${order.directoryScopeId}, or no directoryScopeId.`,
    );
  if (!isKnown)
    throw invalid('There is no such scope: directoryScopeId is "/administrativeUnits/{id}" or "/{objectId}".');
  if (!isAllowed) throw invalid('The role cannot be held at this scope. Send another directoryScopeId, or none.');
};

/**
 * Where the role is given when an approver agrees for no more than a scope; as it was when they say nothing (null), or name
 * the scope it has. Throws a Rejection for everything that is not inside it, or where the role cannot be held (reference §4.6).
 */
export const narrowed = (order: ApprovedOrder, to: Narrowing | null): Scope => {
  const { directoryScopeId, narrowedFrom } = order;
  if (to === null) return { directoryScopeId, narrowedFrom };
  refuseUnfit(order, to);
  if (to.directoryScopeId === directoryScopeId) return { directoryScopeId, narrowedFrom };
  return { directoryScopeId: to.directoryScopeId, narrowedFrom: directoryScopeId };
};
