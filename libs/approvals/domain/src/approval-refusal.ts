import type { Actor } from '@pim/contracts';
import { Rejection } from '@pim/kernel';
import { openedOf, type ApprovalState, type RefusalReason } from './approval';

/**
 * Why this person may not decide, whatever the approval's status; null when they may, when they are the one who did
 * decide, and when there is nothing to decide. `isApprover`: named by the terms, alone or through a group.
 */
export const refusalFor = (state: ApprovalState, by: Actor, isApprover: boolean): RefusalReason | null => {
  const opened = openedOf(state);
  if (!opened || isDecider(state, by)) return null;
  if (by.id === opened.order.principalId || by.id === opened.order.actor.id) return 'self-approval';
  return isApprover ? null : 'not-an-approver';
};

/** Whether this person's answer is the one on record. */
export const isDecider = (state: ApprovalState, by: Actor): boolean =>
  (state.status === 'approved' || state.status === 'denied') && state.by.id === by.id;

/**
 * Whether the step is this person's to decide, or was: Graph's `assignedToMe`. The requestor sees it as not assigned
 * even when they are an approver (reference §4.13).
 */
export const isAssignedTo = (state: ApprovalState, by: Actor, isApprover: boolean): boolean =>
  by.kind === 'user' &&
  openedOf(state) !== null &&
  (isDecider(state, by) || refusalFor(state, by, isApprover) === null);

const messages: Readonly<Record<RefusalReason, string>> = {
  'self-approval':
    'Nobody decides about a request of their own or for themselves. Ask another approver of the role to decide.',
  'not-an-approver':
    'You are not an approver of this request. Ask one of the approvers named in the role settings to decide.',
};

/** The 403 a refused person is answered with; the attempt itself is on record (reference §5.6). */
export const refused = (reason: RefusalReason): Rejection<'Authorization_RequestDenied'> =>
  new Rejection('forbidden', 'Authorization_RequestDenied', messages[reason]);
