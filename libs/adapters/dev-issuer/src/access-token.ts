import type { DemoApplication } from './tenant';

/** What the access tokens are for: the `aud` that OpenPIM expects from this issuer. */
export const AUDIENCE = 'openpim';
/** The public client that scripts and browsers sign in with. */
export const CLIENT_ID = 'openpim-dev';

/** How somebody signed in on the development issuer. */
export interface SignIn {
  readonly amr: readonly string[];
  /** Authentication contexts satisfied, `c1` for example. */
  readonly acrs: readonly string[];
  /** Seconds since 1970. */
  readonly authTime: number;
}

/** Claims beyond the standard ones. */
export interface TokenClaims {
  /** Object id of whom the token speaks for. */
  readonly oid: string;
  readonly [claim: string]: unknown;
}

/** Methods as `amr` names them. */
export const methodsOf = (mfa: boolean): readonly string[] => (mfa ? ['pwd', 'mfa'] : ['pwd']);

/** The claims that make a token speak for a user, as Entra names them. */
export const userClaims = (userId: string, scopes: readonly string[], signIn: SignIn): TokenClaims => ({
  oid: userId,
  idtyp: 'user',
  azp: CLIENT_ID,
  scp: scopes.join(' '),
  amr: signIn.amr,
  acr: '1',
  acrs: signIn.acrs,
  auth_time: signIn.authTime,
  // The client can answer a claims challenge; Entra honours `acrs` only then (reference §4.15).
  xms_cc: ['cp1'],
});

/** The claims that make a token speak for an application itself. */
export const applicationClaims = ({ id, appId, appRoles }: DemoApplication): TokenClaims => ({
  oid: id,
  idtyp: 'app',
  azp: appId,
  roles: appRoles,
});
