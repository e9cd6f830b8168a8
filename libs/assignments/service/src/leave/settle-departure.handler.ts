import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '@pim/engine';
import { Departures, type Departure } from './departures';

/** Ends what somebody activated through a group, if they are no longer in it. */
export class SettleDepartureCommand extends Command<void> {
  constructor(
    readonly departure: Departure,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(SettleDepartureCommand)
export class SettleDepartureHandler implements ICommandHandler<SettleDepartureCommand> {
  constructor(private readonly departures: Departures) {}

  execute({ departure, context }: SettleDepartureCommand): Promise<void> {
    return this.departures.end(departure, context);
  }
}
