import type { Clock } from '@pim/engine';
import { decodeJwt, decodeProtectedHeader, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { Caller } from './caller';
import { callerFrom } from './claims';
import { ApiError, Unauthenticated } from './errors';
import { createKeys, type KeySource } from './issuer-keys';

/** Signatures a token may carry: asymmetric only, so that a public key can never pass for a secret. */
export type Algorithm = 'RS256' | 'PS256' | 'ES256';

/** An OIDC provider whose access tokens are accepted. */
export interface TrustedIssuer {
  /** Compared with `iss` letter by letter. */
  readonly issuer: string;
  /** One of these must be in `aud`. */
  readonly audience: string | readonly string[];
  readonly jwks: KeySource;
  readonly algorithms: readonly Algorithm[];
  /** For issuers without `oid`: the claim that holds the object id instead. */
  readonly subjectClaim?: 'sub';
}

export interface TokenVerifier {
  /** Who the token speaks for. Throws `Unauthenticated` (401) or `IdentityUnavailable` (503), never anything else. */
  verify(token: string): Promise<Caller>;
}

export interface TokenVerifierOptions {
  readonly issuers: readonly TrustedIssuer[];
  readonly clock: Pick<Clock, 'now'>;
}

type Known = TrustedIssuer & { readonly keys: JWTVerifyGetKey };

/** Characters. Longer ones are refused unread. */
const maxLength = 16_384;
/** Seconds by which an issuer's clock may be ahead of ours. The end of a token is never stretched. */
const leeway = 30;

const rejectOtherTypes = (token: string): void => {
  const type = decodeProtectedHeader(token)
    .typ?.toLowerCase()
    .replace(/^application\//, '');
  if (type !== 'at+jwt' && type !== 'jwt')
    throw new Unauthenticated('This is not an access token: "typ" must be "at+jwt".');
};

const rejectOutsideTime = ({ exp, iat }: JWTPayload, now: number): void => {
  if (exp === undefined || exp * 1000 <= now) throw new Unauthenticated('The access token has ended. Get a new one.');
  if (iat !== undefined && iat * 1000 > now + leeway * 1000)
    throw new Unauthenticated('The access token was issued in the future. Check the clock of its issuer.');
};

const messageFor = (error: unknown): string => {
  if (error instanceof errors.JWTExpired) return 'The access token has ended. Get a new one.';
  if (error instanceof errors.JWTClaimValidationFailed)
    return `The access token's claim "${error.claim}" is not accepted here.`;
  return 'The access token cannot be verified. Get a new one from an issuer that is trusted here.';
};

/** Anything that goes wrong while reading a token means no; what went wrong with the issuer stays as it is. */
const asRefusal = (error: unknown): ApiError =>
  error instanceof ApiError ? error : new Unauthenticated(messageFor(error));

/** Checks access tokens of these issuers against their keys, at the clock's time. */
export const createTokenVerifier = ({ issuers, clock }: TokenVerifierOptions): TokenVerifier => {
  const known = new Map<string, Known>(
    issuers.map((trusted) => [trusted.issuer, { ...trusted, keys: createKeys(trusted.issuer, trusted.jwks, clock) }]),
  );

  const issuerOf = (token: string): Known => {
    const found = known.get(decodeJwt(token).iss ?? '');
    if (!found) throw new Unauthenticated('The access token comes from an issuer that is not trusted here.');
    return found;
  };

  const check = async (token: string): Promise<Caller> => {
    if (token.length > maxLength) throw new Unauthenticated(`The access token is longer than ${maxLength} characters.`);
    rejectOtherTypes(token);
    const { issuer, audience, algorithms, keys, subjectClaim } = issuerOf(token);
    const now = Date.parse(clock.now());
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience: [audience].flat(),
      algorithms: [...algorithms],
      clockTolerance: leeway,
      currentDate: new Date(now),
    });
    rejectOutsideTime(payload, now);
    return callerFrom(payload, subjectClaim);
  };

  return {
    verify: async (token) => {
      try {
        return await check(token);
      } catch (error) {
        throw asRefusal(error);
      }
    },
  };
};
