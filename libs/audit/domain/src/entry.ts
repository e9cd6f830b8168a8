import type {
  Actor,
  AlertEvent,
  ApprovalEvent,
  DelegationEvent,
  ConsumerEvent,
  EmergencyReviewEvent,
  PolicyEvent,
  PrincipalEvent,
  RequestEvent,
  RoleDefinitionEvent,
  RoleScheduleEvent,
  SeparationOfDutyEvent,
} from '@pim/contracts';
import type { Category, DirectoryAudit, Operation, Service, TargetResource } from './directory-audit';

/** Every event of every stream. */
export type AuditedEvent =
  | AlertEvent
  | ApprovalEvent
  | DelegationEvent
  | ConsumerEvent
  | EmergencyReviewEvent
  | PolicyEvent
  | PrincipalEvent
  | RequestEvent
  | RoleDefinitionEvent
  | RoleScheduleEvent
  | SeparationOfDutyEvent;

/** What one event says for the trail; what all records have in common is added by `auditRecord`. */
export interface Entry {
  /** A literal name of reference §7.3 or, for the directory, of Microsoft's Core Directory; a name of OpenPIM's own where Microsoft has nothing of the kind. */
  readonly activity: string;
  readonly operation: Operation;
  readonly targets: readonly TargetResource[];
  /** Default: RoleManagement. */
  readonly category?: Category;
  /** Default: PIM. */
  readonly service?: Service;
  /** Default: whoever the event's metadata names. */
  readonly by?: Actor;
  /** Default: success. */
  readonly result?: DirectoryAudit['result'];
  readonly reason?: string | null;
  /** Members without a value are left out of the record. */
  readonly details?: Readonly<Record<string, string | null>>;
}

/** This event makes no record, because another one already has it, or because nothing was decided. */
export interface Silence {
  readonly because: string;
}

export type Facts = { readonly [E in AuditedEvent as E['type']]: E['data'] };

/** One decision per event type: a type without one does not compile. */
export type Decisions<E extends AuditedEvent> = {
  readonly [T in E['type']]: (data: Facts[T]) => Entry | Silence;
};

/** Deliberately no record. */
export const silent = (because: string) => (): Silence => ({ because });

/** How a refusal reads in `resultReason`. */
export const failure = ({ code, message }: { readonly code: string; readonly message: string }) => ({
  result: 'failure' as const,
  reason: `${code}: ${message}`,
});
