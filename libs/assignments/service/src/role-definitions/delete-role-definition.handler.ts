import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { badRequest } from '@pim/assignments/domain';
import { under, type CommandContext } from '@pim/engine';
import { CustomRoles } from './custom-roles';
import { RoleHoldings } from './role-holdings';

/**
 * Deletes a custom role for good. Throws `Request_BadRequest` for one that somebody has (which is on record) and for one
 * that is built in, `Request_ResourceNotFound` for one that is not there.
 */
export class DeleteRoleDefinitionCommand extends Command<void> {
  constructor(
    readonly roleDefinitionId: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(DeleteRoleDefinitionCommand)
export class DeleteRoleDefinitionHandler implements ICommandHandler<DeleteRoleDefinitionCommand> {
  constructor(
    private readonly roles: CustomRoles,
    private readonly holdings: RoleHoldings,
  ) {}

  async execute({ roleDefinitionId, context }: DeleteRoleDefinitionCommand): Promise<void> {
    await this.roles.require(roleDefinitionId);
    const isAssigned = await this.holdings.any(roleDefinitionId);
    const data = { roleDefinitionId, isAssigned, by: context.actor, now: this.roles.now };
    const events = await this.roles.execute({ type: 'DeleteRoleDefinition', data }, context);
    for (const { type, data: told } of events)
      if (type === 'RoleDefinitionDeleteRefused') throw badRequest(told.message);
    // Somebody may have been given it between the look and the deletion.
    await this.holdings.end(roleDefinitionId, under(context, 'holdings'));
  }
}
