import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CustomRole } from '@pim/contracts';
import type { CommandContext } from '@pim/engine';
import { Catalogue } from './catalogue';
import { CustomRoles } from './custom-roles';

/** A custom role as somebody wants it; whether it is privileged, the catalogue says. */
export type NewCustomRole = Omit<CustomRole, 'isPrivileged'>;

/**
 * Makes a custom role; silent for one that is there exactly so. Throws `Conflict` for an id that is or was taken,
 * `Request_BadRequest` for a name that is taken, actions that do not exist, and for one role too many.
 */
export class CreateRoleDefinitionCommand extends Command<void> {
  constructor(
    readonly roleDefinitionId: string,
    readonly role: NewCustomRole,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(CreateRoleDefinitionCommand)
export class CreateRoleDefinitionHandler implements ICommandHandler<CreateRoleDefinitionCommand> {
  constructor(
    private readonly roles: CustomRoles,
    private readonly catalogue: Catalogue,
  ) {}

  async execute({ roleDefinitionId, role, context }: CreateRoleDefinitionCommand): Promise<void> {
    const { facts, permissions } = await this.catalogue.ask(role);
    const known = await this.roles.load(roleDefinitionId);
    const data = {
      roleDefinitionId,
      role: { ...role, isPrivileged: false, ...permissions },
      facts: { ...facts, isIdOfBuiltIn: known.status === 'known' && known.isBuiltIn },
      by: context.actor,
      now: this.roles.now,
    };
    await this.roles.execute({ type: 'CreateRoleDefinition', data }, context);
  }
}
