import type { ApprovalAbout, ApprovalEvent, ApproverAnswer, Instant } from '@pim/contracts';
import { Rejection, type DomainCommand } from '@pim/kernel';
import { currentStage, openedOf, type ApprovalState, type OpenedState } from './approval';
import { agreedSoFar, hasAnswered, refusalFor, type Voter } from './approval-refusal';
import { narrowed, type Narrowing } from './narrowed';
import { shortened } from './shortened';
import { peopleOf, timesOf } from './stage';

/** What an answer is about, as whoever answers knew it. */
export interface Basis {
  /** The stage that was asked then: of no other is it known whether they may decide it. */
  readonly stage: number;
  /** Of what is decided now: the order, the terms and the version of the role settings. */
  readonly digest: string;
  /** The `orderVersion` that the digest was made of. */
  readonly orderVersion: number;
  /** The digest that the approver was shown; null: their client does not say. */
  readonly shownDigest: string | null;
}

/** An answer about a stage. The first no, or the last yes that is needed, settles the approval (reference §4.13). */
export type Decide = DomainCommand<
  'Decide',
  Voter & {
    approvalId: string;
    /** 1 is the first. */
    stage: number;
    decision: 'Approve' | 'Deny';
    justification: string;
    /** For how long they agree at the most, in milliseconds; null: as it was asked for. */
    maximumMs: number | null;
    /** For which scope they agree at the most; null: as it was asked for. */
    narrowing: Narrowing | null;
    basis: Basis;
    now: Instant;
  }
>;

const invalid = (message: string) => new Rejection('invalid', 'InvalidRoleAssignmentRequest', message);
const conflict = (message: string) => new Rejection('conflict', 'Conflict', message);

/** On the events after the opening, so that each can be read by itself. */
export const aboutOf = ({ order }: Pick<OpenedState, 'order'>): ApprovalAbout => ({
  principalId: order.principalId,
  roleDefinitionId: order.roleDefinitionId,
  directoryScopeId: order.directoryScopeId,
});

/** Answers once, refuses who may not answer and records it once per person. */
export const decideOnce = (command: Decide['data'], state: ApprovalState): readonly ApprovalEvent[] => {
  const { approvalId, stage, decision, by, now } = command;
  if (by.kind !== 'user')
    throw new Rejection('forbidden', 'Authorization_RequestDenied', 'Only people approve. Sign in as an approver.');
  const opened = openedOf(state);
  if (!opened) throw new Rejection('not-found', 'ResourceNotFound', `No approval ${approvalId}. Check the id.`);
  const reason = refusalFor(state, stage, command);
  if (reason === null) return answer(command, opened);
  if (opened.refused.has(by.id)) return [];
  return [{ type: 'ApprovalDecisionRefused', data: { approvalId, ...aboutOf(opened), decision, reason, by, at: now } }];
};

const answer = (command: Decide['data'], state: OpenedState): readonly ApprovalEvent[] => {
  if (state.status !== 'open' || command.stage !== state.stages.length) return late(command, state);
  const { stage, terms } = currentStage(state);
  if (isRepeated(command, state)) return [];
  if (command.now >= stage.deadline) throw invalid(tooLate(stage.deadline));
  if (terms.isApproverJustificationRequired && command.justification.trim() === '')
    throw invalid('The role settings ask approvers for a reason. Send a justification with the decision.');
  refuseChanged(command.basis, state);
  return command.decision === 'Approve' ? agree(command, state) : [denied(command, state)];
};

const tooLate = (deadline: Instant): string =>
  `The time to decide ended at ${deadline}. Ask the requestor to submit a new request.`;

/** Whether this very yes is on record of the stage that is asked. */
const isRepeated = ({ by, onBehalfOf, decision }: Decide['data'], state: OpenedState): boolean =>
  decision === 'Approve' &&
  currentStage(state).stage.agreements.some((one) => one.by.id === by.id && one.onBehalfOf === onBehalfOf);

/** What was decided about must be what was seen, by somebody who may decide this very stage. */
const refuseChanged = ({ stage, shownDigest, digest, orderVersion }: Basis, state: OpenedState): void => {
  if (stage !== state.stages.length)
    throw conflict(`Stage ${state.stages.length} began while you answered. Read the approval, and answer again.`);
  if (orderVersion !== state.orderVersion || (shownDigest !== null && shownDigest !== digest))
    throw conflict(
      'The request or the role settings changed since you read them. Read the approval again, and send the requestDigest it has now.',
    );
};

const answerOf = ({
  approvalId,
  stage,
  justification,
  by,
  onBehalfOf,
  basis,
  now,
}: Decide['data']): ApproverAnswer => ({
  approvalId,
  stage,
  justification,
  by,
  onBehalfOf,
  digest: basis.digest,
  at: now,
});

const denied = (command: Decide['data'], state: OpenedState): ApprovalEvent => ({
  type: 'ApprovalDenied',
  data: { ...aboutOf(state), ...answerOf(command) },
});

const agree = (command: Decide['data'], state: OpenedState): readonly ApprovalEvent[] => {
  const before = agreedSoFar(state);
  if (peopleOf(command).some((id) => before.has(id)))
    throw conflict('You agreed to this request already, and nobody counts twice. Somebody else must agree as well.');
  const { stage, terms } = currentStage(state);
  const order = {
    ...shortened(state.order, command.maximumMs, command.now),
    ...narrowed(state.order, command.narrowing),
  };
  const narrowedTo = order.directoryScopeId === state.order.directoryScopeId ? null : order.directoryScopeId;
  const data = { ...answerOf(command), narrowedTo, order };
  if (stage.agreements.length + 1 < terms.requiredApprovals) return [{ type: 'ApprovalAgreed', data }];
  const next = state.terms.stages[state.stages.length];
  if (!next) return [{ type: 'ApprovalGranted', data }];
  const { approvalId, now } = command;
  const opening = { approvalId, ...aboutOf({ order }), stage: command.stage + 1, ...timesOf(next, now), at: now };
  return [
    { type: 'ApprovalAgreed', data },
    { type: 'ApprovalStageOpened', data: opening },
  ];
};

/** An answer about something that is not asked, or not any more. */
const late = (command: Decide['data'], state: OpenedState): readonly ApprovalEvent[] => {
  const { stage, decision, by } = command;
  if (hasAnswered(state, by, stage) && decision === (isDenied(state, stage) ? 'Deny' : 'Approve')) return [];
  if (stage > state.stages.length) throw notYet(state, stage);
  if (stage === state.stages.length) refuseClosed(state);
  throw conflict(
    `Stage ${stage} is ${isDenied(state, stage) ? 'denied' : 'approved'} already, and the first answer counts. Read the approval to see who decided and why.`,
  );
};

const isDenied = (state: OpenedState, stage: number): boolean =>
  state.status === 'denied' && stage === state.stages.length;

const notYet = ({ terms }: OpenedState, stage: number): Rejection =>
  stage > terms.stages.length
    ? new Rejection('not-found', 'ResourceNotFound', `The approval has no stage ${stage}.`)
    : invalid(`Stage ${stage} has not begun: the one before it must agree first.`);

const refuseClosed = (state: OpenedState): void => {
  if (state.status === 'withdrawn') throw invalid('The request was withdrawn. There is nothing left to decide.');
  if (state.status === 'lapsed') throw invalid(tooLate(currentStage(state).stage.deadline));
};
