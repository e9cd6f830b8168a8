import type { JSONWebKeySet } from 'jose';
import { createHandler, type NodeHandler } from './handler';
import { keysIn, publicKeys } from './keys';
import { mint, type MintOptions } from './mint';
import { createProvider } from './provider';
import type { DemoApplication, DemoUser } from './tenant';

export interface DevIssuerOptions {
  /** Data folder; `issuer-keys.json` in it holds the keys. */
  readonly folder: string;
  /** `iss` of its tokens and where it is mounted: `http://127.0.0.1:8080/idp`. */
  readonly issuer: string;
  readonly users: readonly DemoUser[];
  readonly applications: readonly DemoApplication[];
  /** Delegated scopes its clients may ask for; tokens that are minted carry all of them unless told otherwise. */
  readonly scopes: readonly string[];
  /** Told when a sign-in failed by a fault of the issuer. */
  readonly onError?: (error: unknown) => void;
}

/** An OIDC provider for development: anyone can be anyone. */
export interface DevIssuer {
  readonly issuer: string;
  /** Public keys. */
  jwks(): JSONWebKeySet;
  /** Serves discovery, keys, authorization and tokens under the path of `issuer`; takes full or already stripped paths. */
  readonly handler: NodeHandler;
  /** Signs a token without anybody signing in. Throws one clear line for a name nobody has. */
  mintToken(options: MintOptions): Promise<string>;
}

/**
 * Stops what is about to trust the development issuer in any mode but `development`. Throws with what to set instead.
 */
export const assertDevelopment = (mode: string): void => {
  if (mode === 'development') return;
  throw new Error(
    `The development issuer lets anyone be anyone and runs only in development mode, not in "${mode}". ` +
      'Configure an OIDC issuer, or set OPENPIM_MODE=development.',
  );
};

/** Opens or makes the keys of the folder. The provider itself is loaded with the first request. */
export const createDevIssuer = async (options: DevIssuerOptions): Promise<DevIssuer> => {
  const { issuer, users, scopes, onError = () => undefined } = options;
  const keys = await keysIn(options.folder);
  return {
    issuer,
    jwks: () => publicKeys(keys),
    handler: createHandler({
      path: new URL(issuer).pathname,
      users,
      load: () => createProvider({ issuer, keys, users, scopes }),
      onError,
    }),
    mintToken: (token) => mint({ ...options, keys }, token),
  };
};
