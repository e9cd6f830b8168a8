import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Clock, CommandContext, Journal } from '@pim/engine';
import { CLOCK, JOURNAL } from '@pim/platform';
import { roleDefinitionAggregate } from '../streams';

/** One entry of Microsoft's catalogue of built-in roles. */
export interface BuiltInRole {
  readonly templateId: string;
  readonly displayName: string;
  /** What it is for, in a sentence. */
  readonly description?: string;
  readonly isPrivileged: boolean;
  readonly allowedResourceActions: readonly string[];
}

/** Puts a built-in role into the catalogue; silent when it is there. */
export class RegisterRoleDefinitionCommand extends Command<void> {
  constructor(
    readonly role: BuiltInRole,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(RegisterRoleDefinitionCommand)
export class RegisterRoleDefinitionHandler implements ICommandHandler<RegisterRoleDefinitionCommand> {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ role, context }: RegisterRoleDefinitionCommand): Promise<void> {
    const data = {
      roleDefinitionId: role.templateId,
      description: `Built-in role ${role.displayName}.`,
      ...role,
      isBuiltIn: true,
      isEnabled: true,
      now: this.clock.now(),
    };
    await this.journal.execute(
      roleDefinitionAggregate,
      role.templateId,
      { type: 'RegisterRoleDefinition', data },
      context,
    );
  }
}
