export { ApiError, IdentityUnavailable, requestDenied, scopeNotGranted, Unauthenticated } from './errors';
export { actorOf, type Caller } from './caller';
export { CallerParam, callerOf, type WithCaller } from './caller-param';
export { createTokenVerifier } from './token-verifier';
export type { Algorithm, TokenVerifier, TokenVerifierOptions, TrustedIssuer } from './token-verifier';
export { discoveredKeys } from './discovery';
export type { KeySource } from './issuer-keys';
export {
  ADMINISTRATORS,
  ASSIGNMENT_READERS,
  DIRECTORY_ROLE,
  GROUP_ADMINISTRATORS,
  READERS,
} from './directory-role-ids';
export { isPublic, type PermissionRow, type ProtectedRow, type PublicRow, type RoleRule } from './permission-row';
export { delegatedScopes, permissionTable } from './permission-table';
export { missingRows, rowFor } from './row-for';
export { administers, isAdministrator, isGranted, requireAdministrator, requireGranted } from './privileges';
export {
  decideApprovals,
  decideRequests,
  READ_GROUP_POLICIES,
  READ_MANAGERS,
  READ_POLICIES,
  READ_USERS,
  SCIM_PRIVILEGED,
  WRITE_GROUP_POLICIES,
  WRITE_POLICIES,
} from './scopes';
export { scimPrincipalId, withScimToken, type ScimAccess } from './scim-token';
export type { DirectoryRoles } from './directory-roles.port';
export { createAuthoriser, type AuthorisationRequest, type Authoriser, type AuthoriserPorts } from './authorise';
export { AuthGuard, DIRECTORY_ROLES, TOKEN_VERIFIER } from './auth.guard';
export { acrsChallenge, type AcrsChallenge } from './mfa';
