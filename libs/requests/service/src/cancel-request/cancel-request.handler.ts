import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { accessIdOf, type RequestRef } from '@pim/contracts';
import type { Clock, Journal } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import { AssignmentRights, CLOCK, JOURNAL, type GraphRequest } from '@pim/platform';
import type { RequestSetName } from '../schedule-requests/request-sets';
import { requestAggregate, requests } from '../streams';

/** Withdraws a request. Rejects with 403 who may not, 404 the unknown, 400 what can no longer be withdrawn. */
export class CancelRequestCommand extends Command<void> {
  constructor(
    readonly requestId: string,
    /** The set it was looked for in: whoever may write one may not write the other. */
    readonly set: RequestSetName,
    readonly request: GraphRequest,
  ) {
    super();
  }
}

@CommandHandler(CancelRequestCommand)
export class CancelRequestHandler implements ICommandHandler<CancelRequestCommand> {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly rights: AssignmentRights,
  ) {}

  async execute({ requestId, set, request: { caller, context } }: CancelRequestCommand): Promise<void> {
    const about = await this.requireInSet(requestId, set);
    const isAdministrator = caller.kind === 'application' || (await this.rights.administers(about, caller.id));
    const data = { by: context.actor, isAdministrator, now: this.clock.now() };
    await this.journal.execute(requestAggregate, requestId, { type: 'CancelRequest', data }, context);
  }

  /** What a request is about never changes, so it can be asked before the command is decided. */
  private async requireInSet(requestId: string, { kind, isOfGroup }: RequestSetName): Promise<RequestRef> {
    const { state } = await this.journal.load(requests, requestId);
    if (
      state.status === 'absent' ||
      state.ref.kind !== kind ||
      (accessIdOf(state.ref.roleDefinitionId) !== null) !== isOfGroup
    )
      throw new Rejection('not-found', 'ResourceNotFound', `There is no ${kind} request with this id.`);
    return state.ref;
  }
}
