import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { under, type CommandContext } from '@pim/engine';
import { Principals } from '../principals/principals';
import { SwitchAccountCommand } from '../switch-account/switch-account.handler';
import { Remains } from './remains';

/**
 * Deletes a principal for good; silent for one that is deleted. An account is switched off first, so the
 * last-administrator rule may refuse. What it held, what was held at it as a scope, and its places in groups have ended
 * when this is answered. Throws `Request_ResourceNotFound` for one nobody knew, else as `SwitchAccountCommand`.
 */
export class DeletePrincipalCommand extends Command<void> {
  constructor(
    readonly principalId: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(DeletePrincipalCommand)
export class DeletePrincipalHandler implements ICommandHandler<DeletePrincipalCommand> {
  constructor(
    private readonly commands: CommandBus,
    private readonly principals: Principals,
    private readonly remains: Remains,
  ) {}

  async execute({ principalId, context }: DeletePrincipalCommand): Promise<void> {
    const state = await this.principals.load(principalId);
    if (state.status === 'known' && (state.principalType === 'user' || state.principalType === 'servicePrincipal'))
      await this.commands.execute(new SwitchAccountCommand(principalId, false, context));
    const data = { principalId, by: context.actor, now: this.principals.now };
    // Its own id: switching the account off may have recorded in the same stream under the other one.
    const own = under(context, 'delete');
    await this.principals.execute(principalId, { type: 'DeletePrincipal', data }, own);
    await this.remains.clear(principalId, context);
  }
}
