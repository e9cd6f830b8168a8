import type { Actor, Authentication, Instant } from '@pim/contracts';
import { approvalEntries } from './approval-entries';
import type { AuditActivityInitiator, DirectoryAudit, KeyValue } from './directory-audit';
import { delegationEntries } from './delegation-entries';
import { principalEntries, roleDefinitionEntries } from './directory-entries';
import type { AuditedEvent, Decisions, Entry, Facts, Silence } from './entry';
import { emergencyReviewEntries } from './emergency-review-entries';
import { requestEntries } from './request-entries';
import { roleScheduleEntries } from './role-schedule-entries';
import { alertEntries, consumerEntries, policyEntries, separationEntries } from './settings-entries';
import { isOfGroup } from './targets';

/** What the log says of an event besides its data; a recorded event of the log is one. */
export interface AuditContext {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly recordedAt: Instant;
  readonly metadata: {
    readonly actor: Actor;
    readonly authentication: Authentication | null;
    readonly correlationId: string;
  };
}

const decisions: Decisions<AuditedEvent> = {
  ...requestEntries,
  ...approvalEntries,
  ...delegationEntries,
  ...emergencyReviewEntries,
  ...roleScheduleEntries,
  ...roleDefinitionEntries,
  ...principalEntries,
  ...policyEntries,
  ...separationEntries,
  ...alertEntries,
  ...consumerEntries,
};

type Fact<T extends keyof Facts> = { readonly [K in T]: { readonly type: K; readonly data: Facts[K] } }[T];

const judge = <T extends keyof Facts>(event: Fact<T>): Entry | Silence => decisions[event.type](event.data);

/** What an event says for the trail, or why it says nothing. Total over the contracts. */
export const auditDecision = (event: AuditedEvent): Entry | Silence => judge(event);

/**
 * The record an event makes, or null when it deliberately makes none: every outcome is recorded by exactly one event.
 * Ids only; names are filled in when somebody reads (`withNames`). The same event always makes the same record.
 */
export const auditRecord = (event: AuditedEvent, context: AuditContext): DirectoryAudit | null => {
  const entry = auditDecision(event);
  return 'because' in entry ? null : recordOf(aboutGroup(event) ? inGroupTerms(entry) : entry, event.data.at, context);
};

/** Whether an event is about a group's members or owners. */
const aboutGroup = ({ data }: AuditedEvent): boolean => {
  if ('roleDefinitionId' in data) return isOfGroup(data.roleDefinitionId);
  return 'order' in data && isOfGroup(data.order.roleDefinitionId);
};

/** Microsoft keeps PIM for Groups in a category of its own, with almost the same names (reference Appendix B). */
const inGroupTerms = (entry: Entry): Entry => ({
  ...entry,
  category: 'GroupManagement',
  activity: entry.activity === 'Process role update request' ? 'Process request' : entry.activity,
});

const recordOf = (entry: Entry, at: Instant, context: AuditContext): DirectoryAudit => {
  const { service = 'PIM', category = 'RoleManagement', result = 'success', reason = null } = entry;
  const by = entry.by ?? context.metadata.actor;
  return {
    id: `${service === 'Core Directory' ? 'Directory' : service}_${context.id}_${context.revision}`,
    activityDateTime: at,
    activityDisplayName: entry.activity,
    additionalDetails: keyValues({ ...entry.details, ...signIn(by, context), ...position(context) }),
    category,
    correlationId: context.metadata.correlationId,
    initiatedBy: initiator(by),
    loggedByService: service,
    operationType: entry.operation,
    result,
    resultReason: reason,
    targetResources: entry.targets,
  };
};

const keyValues = (details: Readonly<Record<string, string | null>>): readonly KeyValue[] =>
  Object.entries(details).flatMap(([key, value]) => (value === null ? [] : [{ key, value }]));

/** What OpenPIM did by itself is shown as a user without a principal name, as Microsoft's service does (reference §7.2). */
const initiator = ({ id, kind }: Actor): AuditActivityInitiator =>
  kind === 'application'
    ? { user: null, app: { appId: null, displayName: null, servicePrincipalId: id, servicePrincipalName: null } }
    : {
        user: { id, displayName: kind === 'system' ? 'OpenPIM' : null, ipAddress: null, userPrincipalName: null },
        app: null,
      };

const joined = (values: readonly string[]): string | null => (values.length === 0 ? null : values.join(','));

/** How the initiator had signed in; nothing when the metadata speaks of somebody else. */
const signIn = (by: Actor, { metadata }: AuditContext): Readonly<Record<string, string | null>> => {
  const { actor, authentication } = metadata;
  if (authentication === null || actor.id !== by.id) return {};
  const { amr, acr, acrs, authTime } = authentication;
  return { amr: joined(amr), acr, acrs: joined(acrs), authTime };
};

/** Where the record can be proved in the log, and when the log took it. */
const position = ({ stream, revision, recordedAt }: AuditContext) => ({
  EventStream: stream,
  EventRevision: String(revision),
  RecordedTime: recordedAt,
});
