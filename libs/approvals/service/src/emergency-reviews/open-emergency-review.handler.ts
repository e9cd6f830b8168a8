import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { EmergencyReviewAbout, Instant } from '@pim/contracts';
import type { Clock, CommandContext, Journal } from '@pim/engine';
import { CLOCK, JOURNAL } from '@pim/platform';
import { emergencyReviewAggregate } from '../streams';

/** What was asked for in an emergency, and why. */
export interface Emergency {
  readonly about: EmergencyReviewAbout;
  readonly justification: string | null;
  readonly requestedAt: Instant;
}

/** Opens the review of an emergency; silent when there is one. */
export class OpenEmergencyReviewCommand extends Command<void> {
  constructor(
    readonly emergency: Emergency,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(OpenEmergencyReviewCommand)
export class OpenEmergencyReviewHandler implements ICommandHandler<OpenEmergencyReviewCommand> {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ emergency, context }: OpenEmergencyReviewCommand): Promise<void> {
    const data = { ...emergency, now: this.clock.now() };
    const { reviewId } = emergency.about;
    await this.journal.execute(emergencyReviewAggregate, reviewId, { type: 'OpenEmergencyReview', data }, context);
  }
}
