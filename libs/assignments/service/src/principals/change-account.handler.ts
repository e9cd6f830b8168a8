import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { PrincipalAttributes } from '@pim/contracts';
import { under, type CommandContext } from '@pim/engine';
import { SwitchAccountCommand } from '../switch-account/switch-account.handler';
import { ChangeAttributesCommand } from './change-attributes.handler';
import { Managers } from './managers';
import { UniqueNames } from './unique-names';

/** What is wanted of an account, all or nothing. */
export interface AccountChange {
  /** undefined: stays as it is. */
  readonly accountEnabled?: boolean | undefined;
  readonly attributes: Partial<PrincipalAttributes>;
}

/** Switches an account and changes its attributes. Throws as `SwitchAccountCommand` and `ChangeAttributesCommand`. */
export class ChangeAccountCommand extends Command<void> {
  constructor(
    readonly principalId: string,
    readonly change: AccountChange,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ChangeAccountCommand)
export class ChangeAccountHandler implements ICommandHandler<ChangeAccountCommand> {
  constructor(
    private readonly commands: CommandBus,
    private readonly names: UniqueNames,
    private readonly managers: Managers,
  ) {}

  /** Name and manager are looked at before the account is switched: what is refused changes nothing. */
  async execute({ principalId, change, context }: ChangeAccountCommand): Promise<void> {
    const { accountEnabled, attributes } = change;
    if (accountEnabled !== undefined) {
      const { userPrincipalName } = attributes;
      await this.names.holding({ principalId, userPrincipalName }, () => Promise.resolve());
      await this.managers.require(principalId, attributes.managerId);
      await this.commands.execute(new SwitchAccountCommand(principalId, accountEnabled, context));
    }
    // Its own id: switching records in the same stream under the other one.
    const own = under(context, 'attributes');
    await this.commands.execute(new ChangeAttributesCommand(principalId, attributes, own));
  }
}
