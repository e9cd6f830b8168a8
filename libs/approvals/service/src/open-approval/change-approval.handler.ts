import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ApprovalCommand } from '@pim/approvals/domain';
import type { ApprovalTerms, Instant, ScheduleOrder } from '@pim/contracts';
import type { Clock, CommandContext, Journal } from '@pim/engine';
import { CLOCK, JOURNAL } from '@pim/platform';
import { approvalAggregate } from '../streams';

/** What happens to an approval other than by an approver. */
export type ApprovalChange =
  | { readonly type: 'OpenApproval'; readonly terms: ApprovalTerms; readonly order: ScheduleOrder }
  | { readonly type: 'WithdrawApproval' }
  | { readonly type: 'LapseApproval' };

/** Opens, withdraws or lapses an approval; silent when that has happened or no longer matters. */
export class ChangeApprovalCommand extends Command<void> {
  constructor(
    readonly approvalId: string,
    readonly change: ApprovalChange,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ChangeApprovalCommand)
export class ChangeApprovalHandler implements ICommandHandler<ChangeApprovalCommand> {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ approvalId, change, context }: ChangeApprovalCommand): Promise<void> {
    await this.journal.execute(approvalAggregate, approvalId, commandOf(approvalId, change, this.clock.now()), context);
  }
}

const commandOf = (approvalId: string, change: ApprovalChange, now: Instant): ApprovalCommand =>
  change.type === 'OpenApproval'
    ? { type: change.type, data: { approvalId, terms: change.terms, order: change.order, now } }
    : { type: change.type, data: { approvalId, now } };
