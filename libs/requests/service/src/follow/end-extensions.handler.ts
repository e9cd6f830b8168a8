import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ScheduleKind, ScheduleOrder } from '@pim/contracts';
import { under, type Clock, type CommandContext, type Documents, type Journal } from '@pim/engine';
import { CLOCK, DOCUMENTS, JOURNAL, ReadModels } from '@pim/platform';
import { requestDocuments, waitingExtension, type RequestDocument } from '../schedule-requests/requests.projection';
import { requestAggregate } from '../streams';

/** Whose eligibility or assignment has ended, of what. */
type Ended = Pick<ScheduleOrder, 'principalId' | 'roleDefinitionId' | 'directoryScopeId'>;

/**
 * Revokes the extensions of it that still wait for an administrator. One that was asked for before the end and recorded
 * after it is not found; when it is approved, the guard of the role refuses it.
 */
export class EndExtensionsCommand extends Command<void> {
  constructor(
    readonly kind: ScheduleKind,
    readonly ended: Ended,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(EndExtensionsCommand)
export class EndExtensionsHandler implements ICommandHandler<EndExtensionsCommand> {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(DOCUMENTS) private readonly documents: Documents,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly readModels: ReadModels,
  ) {}

  async execute({ kind, ended, context }: EndExtensionsCommand): Promise<void> {
    await this.readModels.fresh();
    const { principalId, roleDefinitionId, directoryScopeId } = ended;
    const filter = { principalId, roleDefinitionId, directoryScopeId, action: 'selfExtend', ...waitingExtension(kind) };
    const waiting = await this.documents.find<RequestDocument>(requestDocuments.collection, { filter });
    const now = this.clock.now();
    for (const { id } of waiting)
      await this.journal.execute(requestAggregate, id, { type: 'RecordGroundLost', data: { now } }, under(context, id));
  }
}
