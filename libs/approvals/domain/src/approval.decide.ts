import type { Actor, ApprovalAbout, ApprovalEvent, ApprovalTerms, Instant, ScheduleOrder } from '@pim/contracts';
import { Rejection, unreachable, type Decider, type DomainCommand } from '@pim/kernel';
import { evolve, initial, openedOf, type ApprovalState, type OpenedState } from './approval';
import { isDecider, refusalFor } from './approval-refusal';

/** Asks the approvers. Repeated, or after a withdrawal that came first: silence. */
export type OpenApproval = DomainCommand<
  'OpenApproval',
  { approvalId: string; terms: ApprovalTerms; order: ScheduleOrder; now: Instant }
>;

/** An answer. The first one of an approver counts (reference §4.13). */
export type Decide = DomainCommand<
  'Decide',
  {
    approvalId: string;
    decision: 'Approve' | 'Deny';
    justification: string;
    by: Actor;
    /** Whether the terms name this person: in the list, in a group of it, or as a default approver. */
    isApprover: boolean;
    now: Instant;
  }
>;

/** Closes an undecided approval once its deadline has come; silence before it and after any other end. */
export type LapseApproval = DomainCommand<'LapseApproval', { approvalId: string; now: Instant }>;

/** Closes an undecided approval because its request is gone; one that is not open yet can then never be opened. */
export type WithdrawApproval = DomainCommand<'WithdrawApproval', { approvalId: string; now: Instant }>;

export type ApprovalCommand = OpenApproval | Decide | LapseApproval | WithdrawApproval;

const invalid = (message: string) => new Rejection('invalid', 'InvalidRoleAssignmentRequest', message);

/** On the events after the opening, so that each can be read by itself. */
const aboutOf = ({ order }: OpenedState): ApprovalAbout => ({
  principalId: order.principalId,
  roleDefinitionId: order.roleDefinitionId,
  directoryScopeId: order.directoryScopeId,
});

const open = (
  { approvalId, terms, order, now }: OpenApproval['data'],
  state: ApprovalState,
): readonly ApprovalEvent[] =>
  state.status === 'absent' ? [{ type: 'ApprovalOpened', data: { approvalId, terms, order, at: now } }] : [];

const lapse = ({ approvalId, now }: LapseApproval['data'], state: ApprovalState): readonly ApprovalEvent[] =>
  state.status === 'open' && now >= state.terms.deadline
    ? // It took effect at the deadline, whenever that was noticed.
      [{ type: 'ApprovalLapsed', data: { approvalId, ...aboutOf(state), at: state.terms.deadline } }]
    : [];

const withdraw = ({ approvalId, now }: WithdrawApproval['data'], state: ApprovalState): readonly ApprovalEvent[] =>
  state.status === 'open' || state.status === 'absent'
    ? [{ type: 'ApprovalWithdrawn', data: { approvalId, at: now } }]
    : [];

const decideOnce = (command: Decide['data'], state: ApprovalState): readonly ApprovalEvent[] => {
  const { approvalId, decision, by, now } = command;
  if (by.kind !== 'user')
    throw new Rejection('forbidden', 'Authorization_RequestDenied', 'Only people approve. Sign in as an approver.');
  const opened = openedOf(state);
  if (!opened) throw new Rejection('not-found', 'ResourceNotFound', `No approval ${approvalId}. Check the id.`);
  const reason = refusalFor(state, by, command.isApprover);
  if (reason === null) return answer(command, opened);
  if (opened.refused.has(by.id)) return [];
  return [{ type: 'ApprovalDecisionRefused', data: { approvalId, ...aboutOf(opened), decision, reason, by, at: now } }];
};

const closedBecause = (state: OpenedState, now: Instant): string | null => {
  if (state.status === 'withdrawn') return 'The request was withdrawn. There is nothing left to decide.';
  return state.status === 'lapsed' || now >= state.terms.deadline
    ? `The time to decide ended at ${state.terms.deadline}. Ask the requestor to submit a new request.`
    : null;
};

const answer = (
  { approvalId, decision, justification, by, now }: Decide['data'],
  state: OpenedState,
): readonly ApprovalEvent[] => {
  if (state.status === 'approved' || state.status === 'denied') return secondAnswer(decision, by, state);
  const closed = closedBecause(state, now);
  if (closed !== null) throw invalid(closed);
  if (state.terms.isApproverJustificationRequired && justification.trim() === '')
    throw invalid('The role settings ask approvers for a reason. Send a justification with the decision.');
  return decision === 'Approve'
    ? [{ type: 'ApprovalGranted', data: { approvalId, justification, order: state.order, by, at: now } }]
    : [{ type: 'ApprovalDenied', data: { approvalId, ...aboutOf(state), justification, by, at: now } }];
};

const secondAnswer = (
  decision: Decide['data']['decision'],
  by: Actor,
  state: ApprovalState,
): readonly ApprovalEvent[] => {
  const recorded = state.status === 'approved' ? 'Approve' : 'Deny';
  if (isDecider(state, by) && decision === recorded) return [];
  throw new Rejection(
    'conflict',
    'Conflict',
    `The request is ${state.status} already, and the first answer counts. Read the step to see who decided and why.`,
  );
};

/** Throws `Rejection`: invalid, forbidden, not-found or conflict. */
export const decide = (command: ApprovalCommand, state: ApprovalState): readonly ApprovalEvent[] => {
  switch (command.type) {
    case 'OpenApproval':
      return open(command.data, state);
    case 'Decide':
      return decideOnce(command.data, state);
    case 'LapseApproval':
      return lapse(command.data, state);
    case 'WithdrawApproval':
      return withdraw(command.data, state);
    default:
      return unreachable(command);
  }
};

/** Stream `approval-<requestId>`: whether somebody else agrees that the order is carried out. */
export const approval: Decider<ApprovalState, ApprovalCommand, ApprovalEvent> = { initial, evolve, decide };
