export { auditRecord, type AuditContext } from './audit-record';
export type {
  AppIdentity,
  AuditActivityInitiator,
  Category,
  DirectoryAudit,
  KeyValue,
  ModifiedProperty,
  Operation,
  Service,
  TargetResource,
  TargetType,
  UserIdentity,
} from './directory-audit';
export type { AuditedEvent } from './entry';
export { withNames, type KnownName, type NameOf } from './names';
