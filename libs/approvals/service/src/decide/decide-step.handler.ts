import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { refusalFor, refused } from '@pim/approvals/domain';
import type { Clock, Journal } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import { CLOCK, JOURNAL, Outcomes, type GraphRequest } from '@pim/platform';
import { isIn, setOf } from '../approvals/approval-sets';
import { approvalAggregate, approvals } from '../streams';
import { Approvers } from './approvers';
import type { DecideStepDto } from './decide-step.dto';

/** An approver says yes or no. Rejects with 403 who may not, 404 the unknown, 409 what is already decided. */
export class DecideStepCommand extends Command<void> {
  constructor(
    readonly approvalId: string,
    readonly answer: DecideStepDto,
    readonly request: GraphRequest,
  ) {
    super();
  }
}

@CommandHandler(DecideStepCommand)
export class DecideStepHandler implements ICommandHandler<DecideStepCommand> {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly approvers: Approvers,
    private readonly outcomes: Outcomes,
  ) {}

  async execute({ approvalId, answer, request }: DecideStepCommand): Promise<void> {
    const { caller, context } = request;
    const { state } = await this.journal.load(approvals, approvalId);
    if (!('terms' in state) || !isIn(setOf(request), state.order)) throw unknown(approvalId);
    const data = {
      approvalId,
      decision: answer.reviewResult,
      justification: answer.justification ?? '',
      by: context.actor,
      isApprover: await this.approvers.includes(state.terms, caller.id),
      now: this.clock.now(),
    };
    const decide = () => this.journal.execute(approvalAggregate, approvalId, { type: 'Decide', data }, context);
    const reason = refusalFor(state, context.actor, data.isApprover);
    if (reason) {
      await decide(); // The attempt is on record before it is answered.
      throw refused(reason);
    }
    await this.outcomes.after(decide, approvalId, 'outcome');
  }
}

const unknown = (approvalId: string): Rejection =>
  new Rejection('not-found', 'ResourceNotFound', `There is no approval ${approvalId.slice(0, 100)}.`);
