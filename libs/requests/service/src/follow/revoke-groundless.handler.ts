import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { roleScheduleId, type EligibilityExpired } from '@pim/contracts';
import { under, type Clock, type CommandContext, type Documents, type Filter, type Journal } from '@pim/engine';
import { CLOCK, DOCUMENTS, groupsOf, JOURNAL, ReadModels, roleScheduleView } from '@pim/platform';
import { isEverEligible } from '@pim/requests/domain';
import { requestDocuments, waitingActivation, type RequestDocument } from '../schedule-requests/requests.projection';
import { requestAggregate, rolesAsSeenHere } from '../streams';

/** Whose eligibility for what has ended. */
export type EndedEligibility = Pick<
  EligibilityExpired['data'],
  'principalId' | 'principalType' | 'roleDefinitionId' | 'directoryScopeId'
>;

/**
 * Revokes the activations that wait for an approver and have nothing left to rest on, now that an eligibility has ended.
 * Silent about everybody who is, or will be, eligible in another way. A request that was judged before the end and
 * recorded after it is not found; once it is approved, the guard of the role refuses it.
 */
export class RevokeGroundlessCommand extends Command<void> {
  constructor(
    readonly ended: EndedEligibility,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(RevokeGroundlessCommand)
export class RevokeGroundlessHandler implements ICommandHandler<RevokeGroundlessCommand> {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(DOCUMENTS) private readonly documents: Documents,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly readModels: ReadModels,
  ) {}

  async execute({ ended, context }: RevokeGroundlessCommand): Promise<void> {
    await this.readModels.fresh();
    const filter = waitingOn(ended);
    const waiting = await this.documents.find<RequestDocument>(requestDocuments.collection, { filter });
    const now = this.clock.now();
    for (const { id, principalId } of waiting) {
      if (await this.isEligible({ ...ended, principalId }, now)) continue;
      // Several streams under one event: each append has an id of its own, the same at every delivery.
      const own = under(context, id);
      await this.journal.execute(requestAggregate, id, { type: 'RecordGroundLost', data: { now } }, own);
    }
  }

  /** Alone or through a group, by the log. */
  private async isEligible(asker: EndedEligibility, now: string): Promise<boolean> {
    const { principalId, roleDefinitionId, directoryScopeId } = asker;
    const streamId = roleScheduleId(roleDefinitionId, directoryScopeId);
    const [{ state: seen }, { state: role }] = await Promise.all([
      this.journal.load(rolesAsSeenHere, streamId),
      this.journal.load(roleScheduleView, streamId),
    ]);
    const groups = await groupsOf(this.journal, role, principalId);
    return isEverEligible(seen, [principalId, ...groups], now);
  }
}

/** The end of a group's eligibility may concern anybody who waits for the role; the log says who is still eligible. */
const waitingOn = ({ principalId, principalType, roleDefinitionId, directoryScopeId }: EndedEligibility): Filter => ({
  ...waitingActivation,
  roleDefinitionId,
  directoryScopeId,
  ...(principalType === 'group' ? {} : { principalId }),
});
