import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ScheduleKind } from '@pim/contracts';
import type { Clock, Journal } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import { administers, CLOCK, DIRECTORY_ROLES, JOURNAL, type DirectoryRoles, type GraphRequest } from '@pim/platform';
import { requestAggregate, requests } from '../streams';

/** Withdraws a request. Rejects with 403 who may not, 404 the unknown, 400 what can no longer be withdrawn. */
export class CancelRequestCommand extends Command<void> {
  constructor(
    readonly requestId: string,
    /** The set it was looked for in: whoever may write one may not write the other. */
    readonly kind: ScheduleKind,
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
    @Inject(DIRECTORY_ROLES) private readonly roles: DirectoryRoles,
  ) {}

  async execute({ requestId, kind, request: { caller, context } }: CancelRequestCommand): Promise<void> {
    await this.requireInSet(requestId, kind);
    const now = this.clock.now();
    const isAdministrator = caller.kind === 'application' || (await administers(this.roles, caller.id, now));
    const data = { by: context.actor, isAdministrator, now };
    await this.journal.execute(requestAggregate, requestId, { type: 'CancelRequest', data }, context);
  }

  /** What a request is about never changes, so it can be asked before the command is decided. */
  private async requireInSet(requestId: string, kind: ScheduleKind): Promise<void> {
    const { state } = await this.journal.load(requests, requestId);
    if (state.status === 'absent' || state.ref.kind !== kind)
      throw new Rejection('not-found', 'ResourceNotFound', `There is no ${kind} request with this id.`);
  }
}
