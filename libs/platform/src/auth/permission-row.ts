/**
 * Which directory role a delegated caller needs besides the scope. An application needs none: its permission suffices.
 *
 * - a list: one of these must be active now;
 * - `self`: the call is about the signed-in user, whoever that is;
 * - `any-user`: every member of the tenant may;
 * - `handler`: depends on the body or on the object, so the handler decides, with the helpers of `privileges.ts`.
 */
export type RoleRule = readonly string[] | 'self' | 'any-user' | 'handler';

/** What a caller of one route must show. */
export interface ProtectedRow {
  /** Method and path without the version, `:name` for a parameter: `GET /users/:id`. */
  readonly route: string;
  /** One of these scopes; empty: users cannot make this call. */
  readonly delegated: readonly string[];
  /** One of these application permissions; empty: applications cannot make this call. */
  readonly application: readonly string[];
  readonly roles: RoleRule;
  /** Scopes (or application permissions) that suffice only while the body's `action` takes something away. */
  readonly removalOnly?: readonly string[];
  /** What a caller without the role is told, where it differs from `Authorization_RequestDenied`. */
  readonly denial?: { readonly code: string; readonly message: string };
}

/** A route that needs no token. `ANY` stands for every method, a final `*` for everything below. */
export interface PublicRow {
  readonly route: string;
  readonly access: 'public';
}

export type PermissionRow = ProtectedRow | PublicRow;

export const isPublic = (row: PermissionRow): row is PublicRow => 'access' in row;
