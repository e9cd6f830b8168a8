import { Inject, Injectable } from '@nestjs/common';
import {
  isAssignedTo,
  openedOf,
  stepsOf,
  type ApprovalStep,
  type OpenedState,
  type Voter,
} from '@pim/approvals/domain';
import { accessIdOf } from '@pim/contracts';
import type { Journal } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import { actorOf, AssignmentRights, JOURNAL, requestDenied, type GraphRequest } from '@pim/platform';
import { Names, type Identity } from './names';
import { isIn, stepIdOf, type ApprovalSet } from './approval-sets';
import { Approvers } from '../decide/approvers';
import { approvals } from '../streams';

/** A step as somebody sees it. The members from `requiredApprovals` on are OpenPIM's own. */
export interface SeenStep extends Omit<ApprovalStep, 'reviewedBy' | 'answers'> {
  readonly id: string;
  readonly assignedToMe: boolean;
  readonly reviewedBy: Identity | null;
  readonly dueDateTime: string | null;
  /** Where the role is given by what was agreed so far; null: it is about a group. */
  readonly directoryScopeId: string | null;
  /** What an answer is about; null: nothing is asked. */
  readonly requestDigest: string | null;
  readonly answers: readonly {
    readonly reviewResult: string;
    readonly reviewedDateTime: string;
    readonly reviewedBy: Identity;
    /** Who had delegated to them. */
    readonly onBehalfOf: Identity | null;
    readonly justification: string;
  }[];
}

/** Approvals as one caller sees them, from the log; only names are looked up. */
@Injectable()
export class ApprovalView {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    private readonly approvers: Approvers,
    private readonly names: Names,
    private readonly rights: AssignmentRights,
  ) {}

  /** The approval's steps. 404 for an unknown approval, 403 for one that is none of the caller's business. */
  async steps(approvalId: string, set: ApprovalSet, request: GraphRequest): Promise<readonly SeenStep[]> {
    const steps = await this.stepsIfSeen(approvalId, set, request);
    if (steps === null) throw requestDenied();
    return steps;
  }

  /** The same for lists; null for an approval that is none of the caller's business. */
  async stepsIfSeen(approvalId: string, set: ApprovalSet, request: GraphRequest): Promise<readonly SeenStep[] | null> {
    const state = openedOf((await this.journal.load(approvals, approvalId)).state);
    if (!state || !isIn(set, state.order))
      throw new Rejection('not-found', 'ResourceNotFound', `There is no approval ${approvalId.slice(0, 100)}.`);
    const steps = stepsOf(state, this.approvers.now()) ?? [];
    const voter = await this.approvers.voter(state, actorOf(request.caller));
    const isTheirs = steps.some(({ number }) => isAssignedTo(state, number, voter));
    if (!isTheirs && !(await this.hasInterest(state, request))) return null;
    const { digest } = await this.approvers.basis(state, null);
    const answers = steps.flatMap((step) => step.answers);
    const names = await this.names.of(answers.flatMap(({ by, onBehalfOf }) => [by.id, onBehalfOf ?? by.id]));
    return steps.map((step) => seen(step, { state, voter, digest, names }));
  }

  private hasInterest({ order }: OpenedState, { caller }: GraphRequest): Promise<boolean> {
    const groupId = accessIdOf(order.roleDefinitionId) === null ? null : order.directoryScopeId;
    return this.rights.isReader(caller, { principalId: order.principalId, createdById: order.actor.id, groupId });
  }
}

/** What a step is shown by. */
interface Sight {
  readonly state: OpenedState;
  readonly voter: Voter;
  readonly digest: string;
  readonly names: (id: string) => Identity;
}

const seen = (
  { number, reviewedBy, answers, ...step }: ApprovalStep,
  { state, voter, digest, names }: Sight,
): SeenStep => ({
  id: stepIdOf(state.approvalId, number),
  ...step,
  number,
  assignedToMe: isAssignedTo(state, number, voter),
  reviewedBy: reviewedBy && names(reviewedBy.id),
  dueDateTime: state.stages[number - 1]?.deadline ?? null,
  directoryScopeId: accessIdOf(state.order.roleDefinitionId) === null ? state.order.directoryScopeId : null,
  requestDigest: step.status === 'InProgress' ? digest : null,
  answers: answers.map(({ by, onBehalfOf, at, ...answer }) => ({
    reviewResult: answer.reviewResult,
    justification: answer.justification,
    reviewedDateTime: at,
    reviewedBy: names(by.id),
    onBehalfOf: onBehalfOf === null ? null : names(onBehalfOf),
  })),
});
