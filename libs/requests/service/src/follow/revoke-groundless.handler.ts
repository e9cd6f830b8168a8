import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isEnabled } from '@pim/assignments/domain';
import { roleScheduleId } from '@pim/contracts';
import { under, type Clock, type CommandContext, type Documents, type Journal } from '@pim/engine';
import { CLOCK, DOCUMENTS, groupsOf, JOURNAL, principalView, ReadModels, roleScheduleView } from '@pim/platform';
import { isEverEligible } from '@pim/requests/domain';
import { requestDocuments, waitingActivation, type RequestDocument } from '../schedule-requests/requests.projection';
import { requestAggregate, rolesAsSeenHere } from '../streams';

/** Whose waiting activations, and of what, may have lost what they rest on; absent: of everybody, of everything. */
export interface Shaken {
  readonly principalId?: string;
  readonly roleDefinitionId?: string;
  readonly directoryScopeId?: string;
}

/**
 * Revokes the activations that wait for an approver and have nothing left to rest on, now that an eligibility has ended,
 * a group was left, or an account went off. Silent about everybody who is, or will be, eligible in another way. A
 * request that was judged before and recorded after is not found; once it is approved, the guard of the role refuses it.
 */
export class RevokeGroundlessCommand extends Command<void> {
  constructor(
    readonly shaken: Shaken,
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

  async execute({ shaken, context }: RevokeGroundlessCommand): Promise<void> {
    await this.readModels.fresh();
    const filter = { ...waitingActivation, ...shaken };
    const waiting = await this.documents.find<RequestDocument>(requestDocuments.collection, { filter });
    const now = this.clock.now();
    for (const request of waiting) {
      if (await this.isEligible(request, now)) continue;
      // Several streams under one event: each append has an id of its own, the same at every delivery.
      const own = under(context, request.id);
      await this.journal.execute(requestAggregate, request.id, { type: 'RecordGroundLost', data: { now } }, own);
    }
  }

  /** Alone or through a group, with an account that may be used; by the log. */
  private async isEligible(asker: RequestDocument, now: string): Promise<boolean> {
    const { principalId, roleDefinitionId, directoryScopeId } = asker;
    const streamId = roleScheduleId(roleDefinitionId, directoryScopeId);
    const [{ state: seen }, { state: role }, { state: account }] = await Promise.all([
      this.journal.load(rolesAsSeenHere, streamId),
      this.journal.load(roleScheduleView, streamId),
      this.journal.load(principalView, principalId),
    ]);
    if (!isEnabled(account)) return false;
    const groups = await groupsOf(this.journal, role, principalId, now);
    return isEverEligible(seen, [principalId, ...groups], now);
  }
}
