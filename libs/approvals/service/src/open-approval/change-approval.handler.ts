import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ApprovalCommand } from '@pim/approvals/domain';
import type { Instant } from '@pim/contracts';
import type { Clock, CommandContext, Journal } from '@pim/engine';
import { CLOCK, JOURNAL } from '@pim/platform';
import { approvalAggregate } from '../streams';
import { askedApprovers, type Opening } from './opening';

/** What happens to an approval other than by an approver. */
export type ApprovalChange =
  | ({ readonly type: 'OpenApproval' } & Opening)
  | { readonly type: 'WithdrawApproval' }
  /**
   * Withdraws one that the request has approvers asked, also before they are: an opening that was set aside must find
   * that. Leaves no trace where nobody is to be asked.
   */
  | { readonly type: 'WithdrawAsked' }
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
    if (change.type === 'WithdrawAsked' && !(await this.isAsked(approvalId))) return;
    await this.journal.execute(approvalAggregate, approvalId, commandOf(approvalId, change, this.clock.now()), context);
  }

  /** An approval has the id of its request. */
  private async isAsked(requestId: string): Promise<boolean> {
    return (await this.journal.load(askedApprovers, requestId)).state;
  }
}

const commandOf = (approvalId: string, change: ApprovalChange, now: Instant): ApprovalCommand => {
  switch (change.type) {
    case 'OpenApproval':
      return { type: change.type, data: { approvalId, terms: change.terms, order: change.order, now } };
    case 'WithdrawAsked':
      return { type: 'WithdrawApproval', data: { approvalId, now } };
    default:
      return { type: change.type, data: { approvalId, now } };
  }
};
