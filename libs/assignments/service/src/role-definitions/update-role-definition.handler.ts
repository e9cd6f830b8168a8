import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '@pim/engine';
import { Catalogue } from './catalogue';
import type { NewCustomRole } from './create-role-definition.handler';
import { CustomRoles } from './custom-roles';

/**
 * Changes what is given of a custom role; silent where nothing differs. Throws as `CreateRoleDefinitionCommand`,
 * `Request_ResourceNotFound` for a role that is not there, and `Request_BadRequest` for one that is built in.
 */
export class UpdateRoleDefinitionCommand extends Command<void> {
  constructor(
    readonly roleDefinitionId: string,
    readonly changes: Partial<NewCustomRole>,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(UpdateRoleDefinitionCommand)
export class UpdateRoleDefinitionHandler implements ICommandHandler<UpdateRoleDefinitionCommand> {
  constructor(
    private readonly roles: CustomRoles,
    private readonly catalogue: Catalogue,
  ) {}

  async execute({ roleDefinitionId, changes, context }: UpdateRoleDefinitionCommand): Promise<void> {
    await this.roles.require(roleDefinitionId);
    const { facts, permissions } = await this.catalogue.ask(changes);
    const data = {
      roleDefinitionId,
      changes: { ...changes, ...permissions },
      facts,
      by: context.actor,
      now: this.roles.now,
    };
    await this.roles.execute({ type: 'UpdateRoleDefinition', data }, context);
  }
}
