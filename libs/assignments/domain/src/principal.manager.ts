import { badRequest, notFound, type KnownPrincipal } from './principal';
import type { Joiner } from './principal.member.decide';

/** So many managers above somebody are looked at, and there may be no more. */
export const mostManagersAbove = 100;

/** Somebody who is to be a manager, as the log knows them. */
export interface ManagerToBe extends Joiner {
  /** Ids of the managers above them, nearest first; `mostManagersAbove` at the most. */
  readonly above: readonly string[];
}

/**
 * Throws `Request_ResourceNotFound` for a manager nobody knows, and `Request_BadRequest` where only users can be, for
 * somebody who is below the one they are to manage, and for too long a way to the top, which might lead back.
 */
export const requireManagerFit = (
  { principalType }: Pick<KnownPrincipal, 'principalType'>,
  principalId: string,
  { id, type, above }: ManagerToBe,
): void => {
  if (principalType !== 'user') throw badRequest(`A ${principalType} has no manager: only a user has one.`);
  if (type === null) throw notFound(id);
  if (type !== 'user') throw badRequest(`A ${type} cannot be a manager. Name a user.`);
  if (id === principalId) throw badRequest('A user cannot be their own manager.');
  if (above.includes(principalId))
    throw badRequest('This manager reports to the user already. Take them out of the chain of managers first.');
  if (above.length >= mostManagersAbove)
    throw badRequest(`There are ${mostManagersAbove} managers above this one, which is the most. Name one further up.`);
};
