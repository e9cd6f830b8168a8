import type { Actor } from '@pim/contracts';
import { Rejection } from '@pim/kernel';
import { openedOf, type ApprovalState, type OpenedState, type RefusalReason } from './approval';
import { peopleOf, type Answer } from './stage';

/** Somebody who answers, and in which capacity. */
export interface Voter {
  readonly by: Actor;
  /** The approver who delegated to them; null: they answer for themselves. */
  readonly onBehalfOf: string | null;
  /** Whether the one for whom they answer may decide the stage: named, in a group of it, or a default approver. */
  readonly isApprover: boolean;
}

/** Every answer on record, by stage. */
const answersIn = (state: OpenedState): readonly (Answer & { readonly stage: number })[] => [
  ...state.stages.flatMap(({ agreements }, index) => agreements.map((one) => ({ ...one, stage: index + 1 }))),
  ...(state.status === 'denied' ? [{ ...state.denial, stage: state.stages.length }] : []),
];

/** Whether an answer of this person about this stage is on record. */
export const hasAnswered = (state: OpenedState, by: Actor, stage: number): boolean =>
  answersIn(state).some((answer) => answer.stage === stage && answer.by.id === by.id);

/** Those who said yes so far, and those for whom they said it: none of them counts again. */
export const agreedSoFar = (state: OpenedState): ReadonlySet<string> =>
  new Set(state.stages.flatMap(({ agreements }) => agreements.flatMap(peopleOf)));

/** Whether answers about a stage still count, by what is on record; the deadline is not looked at. */
const isAsked = (state: OpenedState, stage: number): boolean =>
  state.status === 'open' && stage === state.stages.length;

/**
 * Why this person may not decide, whatever the approval's status; null when they may, when they decided about the stage
 * before it was settled, and when there is nothing to decide.
 */
export const refusalFor = (state: ApprovalState, stage: number, voter: Voter): RefusalReason | null => {
  const opened = openedOf(state);
  if (!opened || (hasAnswered(opened, voter.by, stage) && !isAsked(opened, stage))) return null;
  const people = peopleOf(voter);
  if (people.some((id) => id === opened.order.principalId || id === opened.order.actor.id)) return 'self-approval';
  if (!voter.isApprover) return 'not-an-approver';
  return people.some((id) => opened.terms.policyAuthorIds.includes(id)) ? 'policy-author' : null;
};

/**
 * Whether a stage is this person's to decide, or was: Graph's `assignedToMe`. The requestor sees it as not assigned
 * even when they are an approver (reference §4.13). `voter` says what they may do about the stage that is asked.
 */
export const isAssignedTo = (state: ApprovalState, stage: number, voter: Voter): boolean => {
  const opened = openedOf(state);
  if (voter.by.kind !== 'user' || !opened) return false;
  if (hasAnswered(opened, voter.by, stage)) return true;
  return stage === opened.stages.length && refusalFor(state, stage, voter) === null;
};

const messages: Readonly<Record<RefusalReason, string>> = {
  'self-approval':
    'Nobody decides about a request of their own or for themselves, nor on behalf of whoever asked. Ask another approver of the role to decide.',
  'policy-author':
    'Whoever wrote role settings that a request was judged by does not decide about it. Ask another approver to decide.',
  'not-an-approver':
    'You are not an approver of this request. Ask one of the approvers named in the role settings to decide.',
};

/** The 403 a refused person is answered with; the attempt itself is on record (reference §5.6). */
export const refused = (reason: RefusalReason): Rejection<'Authorization_RequestDenied'> =>
  new Rejection('forbidden', 'Authorization_RequestDenied', messages[reason]);
