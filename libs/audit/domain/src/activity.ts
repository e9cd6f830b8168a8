import type { PrincipalType, ScheduleAction, ScheduleKind } from '@pim/contracts';
import { unreachable } from '@pim/kernel';
import type { Operation } from './directory-audit';

/** Whether what was granted has an end. */
export type Span = 'permanent' | 'timebound';

interface Asked {
  readonly kind: ScheduleKind;
  readonly action: ScheduleAction;
}

/** Without an end it is permanent; so is what the event does not tell the end of. */
export const spanOf = (end: string | number | null): Span => (end === null ? 'permanent' : 'timebound');

/** The literal names for a request that was made (reference §7.3). */
export const requested = ({ kind, action }: Asked, span: Span): string => {
  const eligible = kind === 'eligibility' ? 'eligible ' : '';
  switch (action) {
    case 'selfActivate':
      return 'Add member to role requested (PIM activation)';
    case 'selfDeactivate':
      return 'Remove member from role requested (PIM deactivate)';
    case 'adminAssign':
      return `Add ${eligible}member to role in PIM requested (${span})`;
    case 'adminRemove':
      return `Remove ${eligible}member from role in PIM requested (${span})`;
    default:
      return unreachable(action);
  }
};

/**
 * The literal names for a request that was withdrawn. Only requests that wait or start later can be, which is what
 * `timebound` says; and RoleManagement has no `(permanent)` for active assignments (reference Appendix B).
 */
export const canceled = ({ kind, action }: Asked): string => {
  switch (action) {
    case 'selfActivate':
      return 'Add member to role canceled (PIM activation)';
    case 'adminAssign':
      return `Add ${kind === 'eligibility' ? 'eligible ' : ''}member to role in PIM canceled (timebound)`;
    case 'adminRemove':
    case 'selfDeactivate':
      return 'Cancel request for role removal';
    default:
      return unreachable(action);
  }
};

/** Whether the request takes something away. */
export const isRemoval = ({ action }: Asked): boolean => action === 'adminRemove' || action === 'selfDeactivate';

export const operationOf = (asked: Asked): Operation => (isRemoval(asked) ? 'Unassign' : 'Assign');

/** Only users activate and deactivate; for administrators' requests the event does not say. */
export const askedFor = ({ action }: Asked): PrincipalType | null =>
  action === 'selfActivate' || action === 'selfDeactivate' ? 'user' : null;
