import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { globalAdministrator, privilegedRoleAdministrator } from '@pim/contracts';
import type { Clock, Journal } from '@pim/engine';
import { CLOCK, DIRECTORY_ROLES, JOURNAL, type DirectoryRoles, type GraphRequest } from '@pim/platform';
import { requestAggregate } from '../streams';

/** Withdraws a request. Rejects with 403 who may not, 404 the unknown, 400 what can no longer be withdrawn. */
export class CancelRequestCommand extends Command<void> {
  constructor(
    readonly requestId: string,
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

  async execute({ requestId, request: { caller, context } }: CancelRequestCommand): Promise<void> {
    const now = this.clock.now();
    const held = await this.roles.heldBy(caller.id, [globalAdministrator, privilegedRoleAdministrator], now);
    const isAdministrator = held.length > 0 || caller.kind === 'application';
    const data = { by: context.actor, isAdministrator, now };
    await this.journal.execute(requestAggregate, requestId, { type: 'CancelRequest', data }, context);
  }
}
