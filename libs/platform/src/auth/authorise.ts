import type { Clock } from '@pim/engine';
import type { Caller } from './caller';
import { ApiError, IdentityUnavailable, requestDenied, scopeNotGranted, Unauthenticated } from './errors';
import type { DirectoryRoles } from './directory-roles.port';
import { isPublic, type ProtectedRow } from './permission-row';
import { rowFor } from './row-for';
import type { Throttle } from '../throttle/throttle';
import type { TokenVerifier } from './token-verifier';

/** What a decision about a request needs to know of it. */
export interface AuthorisationRequest {
  readonly method: string;
  /** The matched route's pattern, `/v1.0/users/:id`. */
  readonly route: string;
  /** The header as it came. */
  readonly authorization: string | undefined;
  /** The body's `action`, when there is one. */
  readonly action: unknown;
}

export interface AuthoriserPorts {
  readonly tokens: TokenVerifier;
  readonly roles: DirectoryRoles;
  readonly clock: Pick<Clock, 'now'>;
  readonly throttle: Pick<Throttle, 'countCall'>;
}

/** Resolves to the caller, or to null on a public route. Throws `ApiError`: 401, 403, 429 or 503. */
export type Authoriser = (request: AuthorisationRequest) => Promise<Caller | null>;

const bearerOf = (header: string | undefined): string => {
  const token = /^Bearer +([^\s]+) *$/i.exec(header ?? '')?.[1];
  if (!token) throw new Unauthenticated('Send an access token as "Authorization: Bearer <token>".', 'Bearer');
  return token;
};

const removals = ['adminremove', 'selfdeactivate'];

const isRemoval = (action: unknown): boolean => typeof action === 'string' && removals.includes(action.toLowerCase());

/** Scopes for a user, application permissions for an application (reference §0.1). */
const requirePermission = (caller: Caller, row: ProtectedRow, action: unknown): void => {
  const [granted, base] = caller.kind === 'user' ? [caller.scopes, row.delegated] : [caller.appRoles, row.application];
  if (base.length === 0)
    throw requestDenied('This call speaks for a signed-in user; send a token that was issued to one.');
  const accepted = isRemoval(action) ? [...base, ...(row.removalOnly ?? [])] : base;
  if (!accepted.some((name) => granted.includes(name))) throw scopeNotGranted(accepted);
};

/** An answer about people that cannot be had means no, and says that it may change. */
const orUnavailable = async <T>(answer: () => Promise<T>): Promise<T> => {
  try {
    return await answer();
  } catch (cause) {
    throw new IdentityUnavailable('Who holds which role cannot be read now. Nothing was done; try again.', { cause });
  }
};

/** Decides who may call which route: token, limits, account, permission, then directory role; the first "no" is the answer. */
export const createAuthoriser = ({ tokens, roles, clock, throttle }: AuthoriserPorts): Authoriser => {
  const requireAccount = async ({ id, kind }: Caller): Promise<void> => {
    const known = await orUnavailable(() => roles.accountKind(id));
    if (!known) throw new Unauthenticated('The account is unknown here or disabled. Ask an administrator.');
    // Applications need no directory role, so a person's token must never pass for one.
    if (known !== kind)
      throw new Unauthenticated(
        `The token speaks for ${kind === 'user' ? 'a user' : 'an application'}, the account is none.`,
      );
  };

  const requireRole = async ({ id, kind }: Caller, row: ProtectedRow): Promise<void> => {
    const accepted = row.roles;
    if (kind === 'application' || typeof accepted === 'string') return;
    const held = await orUnavailable(() => roles.heldBy(id, accepted, clock.now()));
    if (held.some((role) => accepted.includes(role))) return;
    throw row.denial ? new ApiError(403, row.denial.code, row.denial.message) : requestDenied();
  };

  return async ({ method, route, authorization, action }) => {
    const row = rowFor(method, route);
    if (!row) throw new Error(`${method} ${route} has no row in the permission table (this is a bug)`);
    if (isPublic(row)) return null;
    const caller = await tokens.verify(bearerOf(authorization));
    throttle.countCall(caller.id, route);
    await requireAccount(caller);
    requirePermission(caller, row, action);
    await requireRole(caller, row);
    return caller;
  };
};
