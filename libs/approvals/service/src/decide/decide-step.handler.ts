import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { openedOf, refusalFor, refused, type Narrowing, type OpenedState } from '@pim/approvals/domain';
import { accessIdOf, canonicalScope, type ApprovalEvent } from '@pim/contracts';
import type { Clock, CommandContext, Journal } from '@pim/engine';
import { parseDuration, Rejection } from '@pim/kernel';
import { CLOCK, JOURNAL, Outcomes, scopeFacts } from '@pim/platform';
import { isIn, stageOf, type ApprovalSet } from '../approvals/approval-sets';
import { approvalAggregate, approvals } from '../streams';
import { Approvers } from './approvers';

/** An approver's answer to a step; `stepId` null: the one that is asked. */
export interface StepAnswer {
  readonly approvalId: string;
  readonly stepId: string | null;
  readonly reviewResult: 'Approve' | 'Deny';
  readonly justification?: string | null;
  readonly requestDigest?: string | null;
  readonly maximumDuration?: string | null;
  readonly directoryScopeId?: string | null;
}

/** An approver says yes or no. Rejects with 403 who may not, 404 the unknown, 409 what is already decided. */
export class DecideStepCommand extends Command<void> {
  constructor(
    readonly answer: StepAnswer,
    readonly set: ApprovalSet,
    readonly context: CommandContext,
  ) {
    super();
  }
}

const maximumIn = ({ maximumDuration }: StepAnswer): number | null => {
  if (maximumDuration === null || maximumDuration === undefined) return null;
  const ms = parseDuration(maximumDuration);
  if (ms === null)
    throw new Rejection('invalid', 'BadRequest', 'maximumDuration must be an ISO 8601 duration such as PT1H.');
  return ms;
};

const settles = ({ events }: { readonly events: readonly ApprovalEvent[] }): boolean =>
  events.some(({ type }) => type === 'ApprovalGranted' || type === 'ApprovalDenied');

@CommandHandler(DecideStepCommand)
export class DecideStepHandler implements ICommandHandler<DecideStepCommand> {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly approvers: Approvers,
    private readonly outcomes: Outcomes,
  ) {}

  async execute({ answer, set, context }: DecideStepCommand): Promise<void> {
    const { approvalId, stepId } = answer;
    const state = openedOf((await this.journal.load(approvals, approvalId)).state);
    if (!state || !isIn(set, state.order)) throw unknown(approvalId);
    const voter = await this.approvers.voter(state, context.actor);
    const data = {
      approvalId,
      stage: stepId === null ? state.stages.length : stageOf(state, stepId),
      decision: answer.reviewResult,
      justification: answer.justification ?? '',
      maximumMs: maximumIn(answer),
      narrowing: await this.narrowingIn(answer, state),
      ...voter,
      basis: await this.approvers.basis(state, answer.requestDigest ?? null),
      now: this.clock.now(),
    };
    const decide = () => this.journal.execute(approvalAggregate, approvalId, { type: 'Decide', data }, context);
    const reason = refusalFor(state, data.stage, voter);
    if (reason) {
      await decide(); // The attempt is on record before it is answered.
      throw refused(reason);
    }
    await this.outcomes.after(decide, approvalId, { what: 'outcome', leadsOn: settles });
  }

  private async narrowingIn({ directoryScopeId: sent }: StepAnswer, { order }: OpenedState): Promise<Narrowing | null> {
    if (sent === null || sent === undefined) return null;
    const directoryScopeId = canonicalScope(sent);
    const { roleDefinitionId } = order;
    const isOfGroup = accessIdOf(roleDefinitionId) !== null;
    return { directoryScopeId, isOfGroup, ...(await scopeFacts(this.journal, { roleDefinitionId, directoryScopeId })) };
  }
}

const unknown = (approvalId: string): Rejection =>
  new Rejection('not-found', 'ResourceNotFound', `There is no approval ${approvalId.slice(0, 100)}.`);
