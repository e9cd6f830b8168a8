import type { Actor, Authentication } from '@pim/contracts';

/** Who sent a request, as a verified token says it. */
export interface Caller {
  /** Object id of the user (`oid`), or of the service principal. */
  readonly id: string;
  readonly kind: 'user' | 'application';
  /** Client id of the application that got the token; null when the issuer does not say. */
  readonly appId: string | null;
  /** Delegated permissions (`scp`); empty for an application. */
  readonly scopes: readonly string[];
  /** Application permissions (`roles`); empty for a user, whose permissions are `scopes` and directory roles. */
  readonly appRoles: readonly string[];
  readonly authentication: Authentication;
}

/** The caller as events name whoever caused them. */
export const actorOf = ({ id, kind }: Caller): Actor => ({ id, kind });
