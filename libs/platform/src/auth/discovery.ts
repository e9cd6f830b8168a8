import type { KeySource } from './issuer-keys';

/** Milliseconds. */
const patience = 3_000;

const find = async (issuer: string): Promise<URL> => {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(address, { signal: AbortSignal.timeout(patience), redirect: 'error' });
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  const found = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown } | null;
  // OIDC Discovery §4.3: a document about another issuer is not to be believed.
  if (found?.issuer !== issuer || typeof found.jwks_uri !== 'string')
    throw new Error(`${address} does not describe ${issuer}`);
  return new URL(found.jwks_uri);
};

/**
 * The keys of an OIDC provider, found by its discovery document. The document is read with the first token and again
 * after a failure; where it says the keys are is remembered until the process ends.
 */
export const discoveredKeys = (issuer: string): KeySource => {
  let finding: Promise<URL> | null = null;
  return async () => {
    finding ??= find(issuer);
    try {
      return await finding;
    } catch (error) {
      finding = null;
      throw error;
    }
  };
};
