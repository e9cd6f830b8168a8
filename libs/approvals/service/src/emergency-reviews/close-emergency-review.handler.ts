import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reviewRefusal } from '@pim/approvals/domain';
import type { Clock, Journal } from '@pim/engine';
import { AssignmentRights, CLOCK, JOURNAL, requestDenied, type GraphRequest } from '@pim/platform';
import { emergencyReviewAggregate, emergencyReviews } from '../streams';
import type { CloseEmergencyReviewDto } from './close-emergency-review.dto';

/** Says what an administrator makes of emergency access. Rejects with 403 who may not, 404 the unknown, 409 the closed. */
export class CloseEmergencyReviewCommand extends Command<void> {
  constructor(
    readonly reviewId: string,
    readonly answer: CloseEmergencyReviewDto,
    readonly request: Pick<GraphRequest, 'caller' | 'context'>,
  ) {
    super();
  }
}

@CommandHandler(CloseEmergencyReviewCommand)
export class CloseEmergencyReviewHandler implements ICommandHandler<CloseEmergencyReviewCommand> {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly rights: AssignmentRights,
  ) {}

  async execute({ reviewId, answer, request }: CloseEmergencyReviewCommand): Promise<void> {
    const { caller, context } = request;
    const { state } = await this.journal.load(emergencyReviews, reviewId);
    const isAdministrator = state.status !== 'absent' && (await this.rights.administers(state.about, caller.id));
    const { verdict, comment } = answer;
    const data = { verdict, comment, by: context.actor, isAdministrator, now: this.clock.now() };
    const refusal = state.status === 'absent' ? null : reviewRefusal(state.about, data);
    // Whoever may not review is not told what others made of it.
    if (state.status === 'closed' && refusal) throw denied();
    await this.journal.execute(emergencyReviewAggregate, reviewId, { type: 'CloseEmergencyReview', data }, context);
    // The attempt is on record before it is answered.
    if (refusal) throw denied();
  }
}

const denied = () => requestDenied('Emergency access is reviewed by an administrator other than who used it.');
