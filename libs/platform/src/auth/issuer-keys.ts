import { createLocalJWKSet, createRemoteJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { IdentityUnavailable } from './errors';

/** Where an issuer's public keys come from: the set itself, or the address of its JWKS document. */
export type KeySource = () => JSONWebKeySet | URL | Promise<JSONWebKeySet | URL>;

const remote = {
  /** Keys are fetched again after this; when that fails, nobody gets in with the old ones. */
  cacheMaxAge: 10 * 60_000,
  /** Tokens with made-up key ids cannot make us ask more often than this. */
  cooldownDuration: 30_000,
  timeoutDuration: 3_000,
};

/** The token names a key the issuer does not have, or names none: the token's fault, not the issuer's. */
const isTokensFault = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported;

/**
 * Finds the key that a token names. Throws jose's own error when the token is at fault, and `IdentityUnavailable`
 * when the issuer's keys cannot be had.
 */
export const createKeys = (issuer: string, source: KeySource): JWTVerifyGetKey => {
  let last: { readonly from: JSONWebKeySet | string; readonly keys: JWTVerifyGetKey } | null = null;
  const keysOf = (found: JSONWebKeySet | URL): JWTVerifyGetKey => {
    const from = found instanceof URL ? found.href : found;
    if (last?.from !== from)
      last = { from, keys: found instanceof URL ? createRemoteJWKSet(found, remote) : createLocalJWKSet(found) };
    return last.keys;
  };
  return async (header, token) => {
    try {
      return await keysOf(await source())(header, token);
    } catch (error) {
      if (isTokensFault(error)) throw error;
      throw new IdentityUnavailable(`The keys of ${issuer} cannot be read now. Try again.`, { cause: error });
    }
  };
};
