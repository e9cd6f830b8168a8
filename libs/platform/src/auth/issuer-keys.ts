import type { Clock } from '@pim/engine';
import { createLocalJWKSet, createRemoteJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { IdentityUnavailable } from './errors';

/** Where an issuer's public keys come from: the set itself, or the address of its JWKS document. */
export type KeySource = () => JSONWebKeySet | URL | Promise<JSONWebKeySet | URL>;

/** Milliseconds by the clock: keys are fetched again after this; when that fails, nobody gets in with the old ones. */
const maxAge = 10 * 60_000;

const remote = {
  /** jose reads the machine's clock: how old keys may get is not left to it. */
  cacheMaxAge: Infinity,
  /** Tokens with made-up key ids cannot make us ask more often than this, whatever the clock says. */
  cooldownDuration: 30_000,
  timeoutDuration: 3_000,
};

/** The token names a key the issuer does not have, or names none: the token's fault, not the issuer's. */
const isTokensFault = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported;

interface Kept {
  readonly from: JSONWebKeySet | string;
  readonly keys: JWTVerifyGetKey;
  /** Epoch milliseconds, by the clock. */
  readonly since: number;
}

const keysFrom = (found: JSONWebKeySet | URL): JWTVerifyGetKey =>
  found instanceof URL ? createRemoteJWKSet(found, remote) : createLocalJWKSet(found);

/**
 * Finds the key that a token names, in a set that is at most ten minutes old by the clock. Throws jose's own error
 * when the token is at fault, and `IdentityUnavailable` when the issuer's keys cannot be had.
 */
export const createKeys = (issuer: string, source: KeySource, clock: Pick<Clock, 'now'>): JWTVerifyGetKey => {
  let last: Kept | null = null;
  const keysOf = (found: JSONWebKeySet | URL): JWTVerifyGetKey => {
    const from = found instanceof URL ? found.href : found;
    const now = Date.parse(clock.now());
    if (last?.from !== from || now - last.since >= maxAge) last = { from, keys: keysFrom(found), since: now };
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
