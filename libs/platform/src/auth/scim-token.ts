import { createHash, timingSafeEqual } from 'node:crypto';
import type { Caller } from './caller';
import { SCIM, SCIM_PRIVILEGED } from './scopes';
import type { TokenVerifier } from './token-verifier';

/** Who provisions with the token that is kept here: a service principal, so that it can be switched off and is audited. */
export const scimPrincipalId = 'e0000000-0000-4000-8000-0000000005c1';

/** One long-lived token for sources of people that cannot get one from the issuer. */
export interface ScimAccess {
  readonly token: string;
  /** Whether it also suffices for the accounts of people with privileged roles. */
  readonly isForPrivileged: boolean;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Takes that token besides those of the issuers; it opens the routes of SCIM and nothing else. Compared in constant time,
 * whatever its length.
 */
export const withScimToken = (tokens: TokenVerifier, access: ScimAccess | null): TokenVerifier => {
  if (!access) return tokens;
  const wanted = digest(access.token);
  const caller: Caller = {
    id: scimPrincipalId,
    kind: 'application',
    appId: null,
    scopes: [],
    appRoles: [SCIM, ...(access.isForPrivileged ? [SCIM_PRIVILEGED] : [])],
    authentication: { amr: [], acr: null, acrs: [], authTime: null },
  };
  return {
    verify: (token) => (timingSafeEqual(digest(token), wanted) ? Promise.resolve(caller) : tokens.verify(token)),
  };
};
