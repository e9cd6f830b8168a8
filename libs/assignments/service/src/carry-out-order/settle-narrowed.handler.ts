import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { RoleAtScope } from '@pim/assignments/domain';
import type { CommandContext } from '@pim/engine';
import { NarrowedOrders } from './narrowed-orders';

/** Ends or shortens activations at narrower scopes that an eligibility does not cover any more. */
export class SettleNarrowedCommand extends Command<void> {
  constructor(
    readonly place: RoleAtScope,
    readonly eligibilityId: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(SettleNarrowedCommand)
export class SettleNarrowedHandler implements ICommandHandler<SettleNarrowedCommand> {
  constructor(private readonly narrowed: NarrowedOrders) {}

  execute({ place, eligibilityId, context }: SettleNarrowedCommand): Promise<void> {
    return this.narrowed.settle(place, eligibilityId, context);
  }
}
