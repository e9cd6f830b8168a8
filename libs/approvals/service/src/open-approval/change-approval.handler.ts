import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { openedOf, type ApprovalCommand } from '@pim/approvals/domain';
import type { ApprovalTerms, Instant, ScheduleOrder } from '@pim/contracts';
import type { Clock, CommandContext, Journal } from '@pim/engine';
import { CLOCK, JOURNAL } from '@pim/platform';
import { approvalAggregate, approvals } from '../streams';

/** What happens to an approval other than by an approver. */
export type ApprovalChange =
  | { readonly type: 'OpenApproval'; readonly terms: ApprovalTerms; readonly order: ScheduleOrder }
  | { readonly type: 'WithdrawApproval' }
  /** Withdraws one that approvers saw, and leaves no trace where there never was one. */
  | { readonly type: 'WithdrawOpened' }
  /** What the clock brings; silent before its time. */
  | { readonly type: 'LapseApproval' | 'EscalateApproval' | 'RemindApprovers' };

/** Opens or withdraws an approval, or does what is due; silent when that has happened or no longer matters. */
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
    if (change.type === 'WithdrawOpened' && !(await this.isOpened(approvalId))) return;
    await this.journal.execute(approvalAggregate, approvalId, commandOf(approvalId, change, this.clock.now()), context);
  }

  private async isOpened(approvalId: string): Promise<boolean> {
    const { state } = await this.journal.load(approvals, approvalId);
    return openedOf(state) !== null;
  }
}

const commandOf = (approvalId: string, change: ApprovalChange, now: Instant): ApprovalCommand => {
  switch (change.type) {
    case 'OpenApproval':
      return { type: change.type, data: { approvalId, terms: change.terms, order: change.order, now } };
    case 'WithdrawOpened':
      return { type: 'WithdrawApproval', data: { approvalId, now } };
    default:
      return { type: change.type, data: { approvalId, now } };
  }
};
