import type { Recorded } from '../support/log';

type Named = Readonly<Record<string, unknown>>;

/** What is looked at of an audit record. */
export interface AuditRecord {
  readonly additionalDetails: readonly { readonly key: string; readonly value: string | null }[];
  readonly initiatedBy: { readonly user: Named | null; readonly app: Named | null };
  readonly targetResources: readonly Named[];
  readonly result: string;
  readonly resultReason: string | null;
}

/** How many requests a history sent that were accepted, and refused for a reason that an auditor asks about. */
export interface Attempts {
  readonly accepted: number;
  readonly refused: number;
}

/** Another event has the record of these, or nothing was decided. */
const silent = new Set([
  ...['RequestApproved', 'RequestDenied', 'RequestProvisioned', 'RequestGranted', 'RequestRevoked', 'RequestFailed'],
  ...['ApprovalLapsed', 'ApprovalWithdrawn', 'PrincipalDisableRequested', 'PrincipalBarred', 'PrincipalBarLifted'],
  ...['EligibilityStarted', 'AssignmentStarted', 'ExpiryReminderDue', 'MinimumHoldersSet', 'ActivationNarrowed'],
  ...['SeparationOfDutyConfirmed', 'GroupNamedAsApprover', 'GroupNoLongerNamedAsApprover'],
]);

const isSilent = ({ type, data }: Recorded): boolean => silent.has(type) || (data as Named)['reason'] === 'canceled';

/** The event that a record is of. */
const sourceOf = ({ additionalDetails }: AuditRecord): string => {
  const valueOf = (wanted: string): string => String(additionalDetails.find(({ key }) => key === wanted)?.value);
  return `${valueOf('EventStream')}/${valueOf('EventRevision')}`;
};

/** It does not say who, about whom, or why not. */
const isVague = ({ initiatedBy: { user, app }, targetResources, result, resultReason }: AuditRecord): boolean =>
  (user === null) === (app === null) || targetResources.length === 0 || (result === 'failure' && !resultReason);

/** Each attempt has one outcome, and there is none that nobody attempted. */
const uncounted = (log: readonly Recorded[], { accepted, refused }: Attempts): readonly string[] => {
  const count = (wanted: string): number =>
    log.filter(({ type, metadata }) => type === wanted && metadata.actor.kind === 'user').length;
  const found = `${count('RequestSubmitted')} accepted, ${count('RequestRefused')} refused`;
  const wanted = `${accepted} accepted, ${refused} refused`;
  return found === wanted ? [] : [`on record: ${found}; sent: ${wanted}`];
};

/** Every outcome has exactly one record that names who, whom and why, and nothing else has one (invariant 15). */
export const auditFaults = (
  log: readonly Recorded[],
  records: readonly AuditRecord[],
  attempts: Attempts,
): readonly string[] => {
  const outcomes = log.filter((event) => !isSilent(event)).map(({ stream, revision }) => `${stream}/${revision}`);
  const recorded = new Set(records.map(sourceOf));
  return [
    ...uncounted(log, attempts),
    ...outcomes.filter((name) => !recorded.has(name)).map((name) => `${name} has no record`),
    ...(records.length === outcomes.length ? [] : [`${records.length} records of ${outcomes.length} outcomes`]),
    ...records.filter(isVague).map((record) => `the record of ${sourceOf(record)} does not say who, whom or why`),
  ];
};
