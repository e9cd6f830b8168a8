import { discoveredKeys, type TrustedIssuer } from './auth';
import type { Env } from './env';

/** The OIDC provider of a production configuration, its keys found by discovery. */
export const trustedIssuer = ({ issuer, audience }: Env): TrustedIssuer => {
  if (!issuer) throw new Error('there is no issuer in this configuration (this is a bug)');
  return { issuer, audience, jwks: discoveredKeys(issuer), algorithms: ['RS256', 'PS256', 'ES256'] };
};
