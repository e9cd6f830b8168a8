import type { Actor, Instant } from '@pim/contracts';
import { openedOf, type ApprovalState } from './approval';

/**
 * The one step of an approval as Graph shows it (reference §1.7.1), but for two things a service adds: `assignedToMe`,
 * which depends on the caller (`isAssignedTo`), and the name of `reviewedBy`.
 */
export interface ApprovalStep {
  /** The request's id, as everywhere (reference §4.2). */
  readonly id: string;
  readonly displayName: null;
  readonly reviewedDateTime: Instant | null;
  readonly reviewResult: 'NotReviewed' | 'Approved' | 'Denied';
  /** `Expired`: nobody can decide any more and nobody did. */
  readonly status: 'InProgress' | 'Completed' | 'Expired';
  readonly justification: string;
  readonly reviewedBy: Actor | null;
}

/** null: the approval was never opened. An open one is `Expired` from its deadline on, recorded or not. */
export const stepOf = (state: ApprovalState, now: Instant): ApprovalStep | null => {
  const opened = openedOf(state);
  if (!opened) return null;
  const step = { id: opened.approvalId, displayName: null };
  if (opened.status === 'approved' || opened.status === 'denied')
    return {
      ...step,
      reviewedDateTime: opened.at,
      reviewResult: opened.status === 'approved' ? 'Approved' : 'Denied',
      status: 'Completed',
      justification: opened.justification,
      reviewedBy: opened.by,
    };
  return {
    ...step,
    reviewedDateTime: null,
    reviewResult: 'NotReviewed',
    status: opened.status === 'open' && now < opened.terms.deadline ? 'InProgress' : 'Expired',
    justification: '',
    reviewedBy: null,
  };
};
