import { Inject } from '@nestjs/common';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { under, type Clock, type CommandContext, type Documents, type Journal } from '@pim/engine';
import { CLOCK, DOCUMENTS, JOURNAL, ReadModels } from '@pim/platform';
import { approvalDocuments, type ApprovalDocument } from '../approvals/approvals.projection';
import { Queue } from '../approvals/queue';
import { Approvers } from '../decide/approvers';
import { approvalAggregate, approvals } from '../streams';

/** Lets the default approvers decide where those who are named cannot any more; silent otherwise. */
export class CheckApproversCommand extends Command<void> {
  constructor(
    readonly approvalId: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(CheckApproversCommand)
export class CheckApproversHandler implements ICommandHandler<CheckApproversCommand> {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly approvers: Approvers,
  ) {}

  async execute({ approvalId, context }: CheckApproversCommand): Promise<void> {
    const { state } = await this.journal.load(approvals, approvalId);
    if (state.status !== 'open') return;
    const data = { approvalId, possible: await this.approvers.possible(state), now: this.clock.now() };
    await this.journal.execute(approvalAggregate, approvalId, { type: 'CheckApprovers', data }, context);
  }
}

/** Does so for everything that waits for somebody, named alone or through a group. */
export class CheckApproversOfCommand extends Command<void> {
  constructor(
    readonly principalId: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(CheckApproversOfCommand)
export class CheckApproversOfHandler implements ICommandHandler<CheckApproversOfCommand> {
  constructor(
    @Inject(DOCUMENTS) private readonly documents: Documents,
    private readonly queue: Queue,
    private readonly readModels: ReadModels,
    private readonly commands: CommandBus,
  ) {}

  /** Which approvals those are is only found in a read model; whoever answers one is judged by the log in any case. */
  async execute({ principalId, context }: CheckApproversOfCommand): Promise<void> {
    await this.readModels.fresh();
    const ids = await this.queue.idsOf(principalId);
    const filter = { isOpen: true, isForDefaultApprovers: false, approverIds: { $in: ids } };
    const waiting = await this.documents.find<ApprovalDocument>(approvalDocuments.collection, { filter });
    for (const { id } of waiting) await this.commands.execute(new CheckApproversCommand(id, under(context, id)));
  }
}
