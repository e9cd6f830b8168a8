import type { AccessToken, Context, interactionPolicy, Provider } from 'oidc-provider';
import { AUDIENCE, CLIENT_ID, userClaims } from './access-token';
import { CONTEXTS, contextsIn } from './contexts';
import type { IssuerKeys } from './keys';
import type { DemoUser } from './tenant';

export interface ProviderOptions {
  readonly issuer: string;
  readonly keys: IssuerKeys;
  readonly users: readonly DemoUser[];
  /** Delegated scopes a client may ask for. */
  readonly scopes: readonly string[];
}

/** The API as a resource indicator (RFC 8707), which has to be a URI; its tokens carry `AUDIENCE`. */
const resource = 'urn:openpim:api';
const oidcScopes = ['openid', 'profile', 'offline_access'];

/** Seconds. */
const hour = 3600;
const ttl = {
  AccessToken: hour,
  AuthorizationCode: 60,
  Grant: 12 * hour,
  IdToken: hour,
  Interaction: hour,
  RefreshToken: 12 * hour,
  Session: 12 * hour,
};

const isLoopback = (origin: string): boolean => /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(origin);

/** A native client: its loopback addresses match on any port (RFC 8252 §7.3). */
const client = {
  client_id: CLIENT_ID,
  client_name: 'OpenPIM development client',
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  redirect_uris: ['localhost', '127.0.0.1', '[::1]'].flatMap((host) =>
    ['', '/', '/callback'].map((path) => `http://${host}${path}`),
  ),
};

/** Replaces OAuth's `scope` by Entra's claims. */
const customise = (ctx: Context, token: AccessToken, jwt: { payload: Record<string, unknown> }): void => {
  const { AuthorizationCode, RefreshToken } = ctx.oidc.entities;
  const { amr = [], acr, authTime = 0 } = AuthorizationCode ?? RefreshToken ?? {};
  const { scope, ...standard } = jwt.payload;
  const granted = String(scope ?? '').split(' ');
  jwt.payload = { ...standard, ...userClaims(token.accountId, granted, { amr, acrs: contextsIn(acr), authTime }) };
};

/** RFC 9470: a session without the context that is asked for signs in again, once. */
const asksForMore = ({ oidc }: Context): boolean =>
  !oidc.result?.login && contextsIn(oidc.params.acr_values).some((wanted) => !contextsIn(oidc.acr).includes(wanted));

const policyWithStepUp = ({ base, Check }: typeof interactionPolicy): interactionPolicy.Prompts => {
  const policy = base();
  policy.get('login').checks.add(new Check('step_up', 'a stronger sign-in is required', asksForMore));
  return policy;
};

const accountsOf =
  (users: readonly DemoUser[]) =>
  (_: unknown, id: string): object | undefined => {
    const user = users.find((one) => one.id === id);
    if (!user) return undefined;
    const { displayName: name, userPrincipalName: preferred_username } = user;
    return { accountId: id, claims: () => ({ sub: id, oid: id, name, preferred_username }) };
  };

/** Nobody is asked for consent here: whatever the client may ask for is granted. */
const grantEverything =
  (provider: () => Provider, scopes: readonly string[]) =>
  async ({ oidc }: Context): Promise<object> => {
    const grant = new (provider().Grant)({ accountId: oidc.session.accountId, clientId: oidc.client.clientId });
    grant.addOIDCScope(oidcScopes.join(' '));
    grant.addResourceScope(resource, scopes.join(' '));
    await grant.save();
    return grant;
  };

const resourcesOf = (scopes: readonly string[], InvalidTarget: new (message: string) => Error): object => ({
  enabled: true,
  defaultResource: () => resource,
  useGrantedResource: () => true,
  getResourceServerInfo: (_: Context, wanted: string) => {
    if (wanted !== resource) throw new InvalidTarget(`the only resource here is ${resource}`);
    return { scope: scopes.join(' '), audience: AUDIENCE, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } };
  },
});

/** oidc-provider, set up for the demo tenant. Loaded only when called: the package is large and ESM only. */
export const createProvider = async ({ issuer, keys, users, scopes }: ProviderOptions): Promise<Provider> => {
  const oidc = await import('oidc-provider');
  const provider: Provider = new oidc.Provider(issuer, {
    clients: [client],
    jwks: { keys: [keys.signing] },
    cookies: { keys: [keys.cookieSecret] },
    scopes: oidcScopes,
    acrValues: CONTEXTS,
    claims: { openid: ['sub', 'oid'], profile: ['name', 'preferred_username'] },
    findAccount: accountsOf(users),
    loadExistingGrant: grantEverything(() => provider, scopes),
    clientBasedCORS: (_: Context, origin: string) => isLoopback(origin),
    interactions: {
      policy: policyWithStepUp(oidc.interactionPolicy),
      url: (_: Context, { uid }: { uid: string }) => `${new URL(issuer).pathname}/interaction/${uid}`,
    },
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: resourcesOf(scopes, oidc.errors.InvalidTarget),
    },
    formats: { customizers: { jwt: customise } },
    ttl,
  });
  return provider;
};
