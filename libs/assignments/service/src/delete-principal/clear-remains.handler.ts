import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '@pim/engine';
import { Remains } from './remains';

/** Ends what is left of a principal that was deleted. */
export class ClearRemainsCommand extends Command<void> {
  constructor(
    readonly principalId: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ClearRemainsCommand)
export class ClearRemainsHandler implements ICommandHandler<ClearRemainsCommand> {
  constructor(private readonly remains: Remains) {}

  execute({ principalId, context }: ClearRemainsCommand): Promise<void> {
    return this.remains.clear(principalId, context);
  }
}
