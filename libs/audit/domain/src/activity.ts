import type { PrincipalType, ScheduleAction, ScheduleKind } from '@pim/contracts';
import type { Operation } from './directory-audit';

/** Whether what was granted has an end. */
export type Span = 'permanent' | 'timebound';

interface Asked {
  readonly kind: ScheduleKind;
  readonly action: ScheduleAction;
}

/** Without an end it is permanent; so is what the event does not tell the end of. */
export const spanOf = (end: string | number | null): Span => (end === null ? 'permanent' : 'timebound');

/** What each request does, to whom: `eligible ` or nothing before the member. */
type Names = Readonly<Record<ScheduleAction, (eligible: string, span: Span) => string>>;

const extension = (eligible: string): string => `Update ${eligible}member in PIM requested (extend)`;
const renewal = (eligible: string): string => `Add ${eligible}member to role in PIM requested (renew)`;

const requestedNames: Names = {
  selfActivate: () => 'Add member to role requested (PIM activation)',
  selfDeactivate: () => 'Remove member from role requested (PIM deactivate)',
  adminAssign: (eligible, span) => `Add ${eligible}member to role in PIM requested (${span})`,
  adminRemove: (eligible, span) => `Remove ${eligible}member from role in PIM requested (${span})`,
  adminUpdate: () => 'Process role update request',
  adminExtend: extension,
  selfExtend: extension,
  adminRenew: renewal,
  selfRenew: renewal,
};

const canceledExtension = (eligible: string): string => `Update ${eligible}member in PIM canceled (extend)`;
const canceledRenewal = (eligible: string): string => `Add ${eligible}member to role in PIM canceled (renew)`;
const canceledRemoval = (): string => 'Cancel request for role removal';

const canceledNames: Names = {
  selfActivate: () => 'Add member to role canceled (PIM activation)',
  selfDeactivate: canceledRemoval,
  adminAssign: (eligible) => `Add ${eligible}member to role in PIM canceled (timebound)`,
  adminRemove: canceledRemoval,
  adminUpdate: () => 'Cancel request for role update',
  adminExtend: canceledExtension,
  selfExtend: canceledExtension,
  adminRenew: canceledRenewal,
  selfRenew: canceledRenewal,
};

const eligibleOf = ({ kind }: Asked): string => (kind === 'eligibility' ? 'eligible ' : '');

/** The literal names for a request that was made (reference §7.3). */
export const requested = (asked: Asked, span: Span): string => requestedNames[asked.action](eligibleOf(asked), span);

/**
 * The literal names for a request that was withdrawn. Only requests that wait or start later can be, which is what
 * `timebound` says; and RoleManagement has no `(permanent)` for active assignments (reference Appendix B).
 */
export const canceled = (asked: Asked): string => canceledNames[asked.action](eligibleOf(asked), 'timebound');

/** Whether the request takes something away. */
export const isRemoval = ({ action }: Asked): boolean => action === 'adminRemove' || action === 'selfDeactivate';

export const operationOf = (asked: Asked): Operation => {
  if (isRemoval(asked)) return 'Unassign';
  return /(?:Update|Extend)$/.test(asked.action) ? 'Update' : 'Assign';
};

/** Only users activate and deactivate; for administrators' requests the event does not say. */
export const askedFor = ({ action }: Asked): PrincipalType | null =>
  action === 'selfActivate' || action === 'selfDeactivate' ? 'user' : null;
