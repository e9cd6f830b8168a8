/** The part of oidc-provider 9 that the development issuer uses; the package ships no types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  interface SignedIn {
    readonly acr?: string;
    readonly amr?: readonly string[];
    readonly authTime?: number;
  }

  interface Context {
    readonly oidc: {
      readonly client: { readonly clientId: string };
      readonly session: { readonly accountId?: string; grantIdFor(clientId: string): string | undefined };
      readonly params: { readonly acr_values?: string };
      readonly acr?: string;
      readonly result?: { readonly login?: object };
      readonly entities: { readonly AuthorizationCode?: SignedIn; readonly RefreshToken?: SignedIn };
    };
  }

  interface AccessToken {
    readonly accountId: string;
    readonly scope?: string;
    readonly iat?: number;
  }

  interface Interaction {
    readonly uid: string;
    readonly prompt: { readonly name: string };
    readonly params: { readonly acr_values?: string; readonly login_hint?: string };
  }

  class Grant {
    constructor(about: { accountId: string | undefined; clientId: string });
    addOIDCScope(scope: string): void;
    addResourceScope(resource: string, scope: string): void;
    save(): Promise<string>;
  }

  class Provider {
    constructor(issuer: string, configuration: object);
    readonly Grant: typeof Grant;
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>;
    interactionFinished(request: IncomingMessage, response: ServerResponse, result: object): Promise<void>;
  }

  namespace errors {
    class InvalidTarget extends Error {}
  }

  namespace interactionPolicy {
    class Check {
      constructor(reason: string, description: string, check: (ctx: Context) => boolean);
    }
    interface Prompts {
      get(name: string): { readonly checks: { add(check: Check): void } };
    }
    const base: () => Prompts;
  }
}
