export * from './auth';
export { bootstrap, type BootstrapOptions, type Running } from './bootstrap';
export type { Context } from './context';
export {
  principals,
  principalIdOf,
  roleDefinitions,
  selfAndGroups,
  type DirectoryObject,
  type RoleDefinitionDocument,
} from './directory';
export { AssignmentRights, type Whose } from './assignment-rights';
export { groupsOf, isMember, isOwner, principalView, roleScheduleView } from './directory-roles';
export { readEnv, UnusableEnvironment, type Env } from './env';
export { requireOn } from './graph/current-user';
export { guid } from './graph/guid';
export { withInner, type EntitySet, type Expander } from './graph/entity-set';
export { aboutRoleExpanders, directoryObject, lookUp } from './graph/expand';
export * from './graph/group-schedules';
export { narrowedBy, requireNarrowed } from './graph/narrowed';
export { GraphReader, type ListOptions } from './graph/graph-reader';
export { Graph, graphPaths, type GraphRequest, type GraphVersion } from './graph/graph-request';
export * from './graph/directory-schemas';
export * from './graph/schemas';
export { Outcomes } from './outcomes';
export { orderGround, roleDefinitionView, type OrderGround } from './order-facts';
export type { Ports, Tenant } from './ports';
export { ReadModels } from './read-models';
export { runApp, type AppPlan } from './run/run-app';
export { Turns } from './turns';
export { CLOCK, DOCUMENTS, EVENT_STORE, IDS, JOURNAL, TENANT } from './tokens';
export type { Runtime } from './run/runtime';
export { trustedIssuer } from './production-tokens';
