import type { Caller } from './caller';
import type { DirectoryRoles } from './directory-roles.port';
import { ADMINISTRATORS } from './directory-role-ids';
import { requestDenied, scopeNotGranted } from './errors';

const holdsOne = (held: readonly string[], accepted: readonly string[]): boolean =>
  accepted.some((id) => held.includes(id));

/** True when a Privileged Role Administrator or Global Administrator role is among these active ones. */
export const isAdministrator = (heldRoles: readonly string[]): boolean => holdsOne(heldRoles, ADMINISTRATORS);

/** Whether a user has one of those two roles active at `now`, as `DirectoryRoles` answers it. */
export const administers = async (roles: DirectoryRoles, userId: string, now: string): Promise<boolean> =>
  isAdministrator(await roles.heldBy(userId, ADMINISTRATORS, now));

/** Throws 403 unless one of the roles held is Privileged Role Administrator or Global Administrator (reference §4.3). */
export const requireAdministrator = (heldRoles: readonly string[]): void => {
  if (!isAdministrator(heldRoles)) throw requestDenied();
};

/** For routes that take more than one kind of object: whether the token has one of these permissions. */
export const isGranted = ({ kind, scopes, appRoles }: Caller, accepted: readonly string[]): boolean =>
  holdsOne(kind === 'user' ? scopes : appRoles, accepted);

/** Throws 403 unless it has. */
export const requireGranted = (caller: Caller, accepted: readonly string[]): void => {
  if (!isGranted(caller, accepted)) throw scopeNotGranted(accepted);
};
