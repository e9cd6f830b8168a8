import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import { applicationClaims, AUDIENCE, methodsOf, userClaims, type TokenClaims } from './access-token';
import type { IssuerKeys } from './keys';
import { findApplication, findUser, type DemoApplication, type DemoUser } from './tenant';

interface Lifetime {
  /** Seconds from `now`; negative for a token that has ended. Default: an hour. */
  readonly expiresIn?: number;
  /** ISO 8601. */
  readonly now: string;
}

/** A token for a user: name (`erin`), full name or id. */
export interface UserToken extends Lifetime {
  readonly user: string;
  /** Default: every scope the issuer knows, so that what a person may do is decided by the roles they hold. */
  readonly scopes?: readonly string[];
  /** With a second factor. Default: without. */
  readonly mfa?: boolean;
  /** Authentication contexts satisfied. Default: none. */
  readonly acrs?: readonly string[];
}

/** A token for an application: name (`automation`), client id or object id. It carries the permissions it has. */
export interface ApplicationToken extends Lifetime {
  readonly app: string;
}

export type MintOptions = UserToken | ApplicationToken;

/** Who signs, and for whom. */
export interface Mint {
  readonly issuer: string;
  readonly keys: IssuerKeys;
  readonly users: readonly DemoUser[];
  readonly applications: readonly DemoApplication[];
  readonly scopes: readonly string[];
}

const claimsFor = (by: Mint, options: MintOptions, authTime: number): TokenClaims => {
  if ('app' in options) return applicationClaims(findApplication(by.applications, options.app));
  const { user, scopes = by.scopes, mfa = false, acrs = [] } = options;
  return userClaims(findUser(by.users, user).id, scopes, { amr: methodsOf(mfa), acrs, authTime });
};

/** Signs an access token with the issuer's key; the issuer need not be running. Throws for a name nobody has. */
export const mint = async (by: Mint, options: MintOptions): Promise<string> => {
  const { signing } = by.keys;
  const now = Math.floor(Date.parse(options.now) / 1000);
  const end = now + (options.expiresIn ?? 3600);
  // A token that has ended was issued before it ended.
  const issuedAt = Math.min(now, end - 1);
  const claims = claimsFor(by, options, issuedAt);
  return new SignJWT({ ...claims, sub: claims.oid })
    .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: signing.kid ?? '' })
    .setIssuer(by.issuer)
    .setAudience(AUDIENCE)
    .setJti(randomUUID())
    .setIssuedAt(issuedAt)
    .setNotBefore(issuedAt)
    .setExpirationTime(end)
    .sign(await importJWK(signing, 'RS256'));
};
