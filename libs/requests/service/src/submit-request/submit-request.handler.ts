import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { idUnder, under, type CommandContext, type Journal } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import { acrsChallenge, ApiError, JOURNAL, type OrderGround, Turns } from '@pim/platform';
import { deniedCode, judge, type Ask, type Request, type SubmitRequest, type Verdict } from '@pim/requests/domain';
import { submittedDocument, type RequestDocument } from '../schedule-requests/requests.projection';
import { requestAggregate, requests } from '../streams';
import { GatherFacts } from './gather-facts';
import { Hints } from './hints';
import { guardRefusal } from './guard-refusal';
import { Submissions } from './submissions';

/**
 * Judges a request, puts the verdict on record and waits for its outcome. Answers null; of a validation-only one the
 * document it would have become; of emergency access, and while read models are away, the one it is. Throws what `judge` and the guard refuse with.
 */
export class SubmitRequestCommand extends Command<RequestDocument | null> {
  constructor(
    readonly ask: Ask,
    readonly context: CommandContext,
  ) {
    super();
  }
}

type Accepted = Extract<Verdict, { verdict: 'accepted' }>;

@CommandHandler(SubmitRequestCommand)
export class SubmitRequestHandler implements ICommandHandler<SubmitRequestCommand> {
  private readonly turns = new Turns();

  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    private readonly gather: GatherFacts,
    private readonly submissions: Submissions,
    private readonly hints: Hints,
  ) {}

  /**
   * Requests for one principal, role and scope are judged one after another, each when the one before is on record, so
   * that of several at once only one waits for an approver. With several replicas two may wait side by side; the guard
   * of the role still carries out only one of them.
   */
  async execute({ ask, context }: SubmitRequestCommand): Promise<RequestDocument | null> {
    // Nothing but the log may stand in its way, be it the request before.
    if (ask.isEmergency) return this.emergency(ask, context);
    const end = await this.turns.take([ask.principalId, ask.roleDefinitionId, ask.directoryScopeId ?? '/'].join(' '));
    try {
      return await this.inTurn(ask, context, end);
    } finally {
      end();
    }
  }

  private async inTurn(ask: Ask, context: CommandContext, end: () => void): Promise<RequestDocument | null> {
    const { state } = await this.journal.load(requests, ask.requestId);
    if (state.status !== 'absent') return answerAgain(state);
    const hasHints = await this.hints.areThere();
    const { verdict, now } = await this.judge(ask, context, hasHints);
    if (ask.isValidationOnly) return validated(verdict, now);
    await this.submissions.submit(submissionOf(verdict, now), context, end);
    return hasHints ? null : this.submissions.inLog(ask.requestId);
  }

  /**
   * Answers with the request itself, whose read model may be away. Sent again, it goes on as the one it was; once that is
   * over, or was refused, it is another one, with an id of its own. Only the very same call takes turns with itself.
   */
  private async emergency(ask: Ask, context: CommandContext): Promise<RequestDocument> {
    const end = await this.turns.take(context.commandId);
    try {
      const { state } = await this.journal.load(requests, ask.requestId);
      if (state.status === 'absent') return await this.beginEmergency(ask, context);
      const resumed = await this.submissions.resumeEmergency(ask.requestId, context);
      if (resumed) return resumed;
      const own = under(context, context.correlationId);
      return await this.beginEmergency({ ...ask, requestId: idUnder(own) }, own);
    } finally {
      end();
    }
  }

  private async beginEmergency(ask: Ask, context: CommandContext): Promise<RequestDocument> {
    const { verdict, now } = await this.judge(ask, context, false);
    if (ask.isValidationOnly) return validated(verdict, now);
    return this.submissions.submitEmergency(submissionOf(verdict, now), context);
  }

  /** Throws what it is refused with, which is then on record. */
  private async judge(
    ask: Ask,
    context: CommandContext,
    hasHints: boolean,
  ): Promise<{ readonly verdict: Accepted; readonly now: string }> {
    const { facts, ground } = await this.gather.for(ask, context, hasHints);
    const verdict = forecast(judge(ask, facts), ground);
    if (verdict.verdict === 'refused') return this.refuse(ask, verdict, { context, now: facts.now });
    return { verdict, now: facts.now };
  }

  private async refuse(
    { isValidationOnly, requestId }: Ask,
    { content, code, message, context: missing }: Extract<Verdict, { verdict: 'refused' }>,
    { context, now }: { context: CommandContext; now: string },
  ): Promise<never> {
    if (!isValidationOnly) {
      const data = { content, code, message, now };
      await this.journal.execute(requestAggregate, requestId, { type: 'RefuseRequest', data }, context);
    }
    throw new ApiError(
      code === deniedCode ? 403 : 400,
      code,
      message,
      missing === undefined ? {} : { 'WWW-Authenticate': acrsChallenge(missing).wwwAuthenticate },
    );
  }
}

const submissionOf = ({ verdict: _, ...accepted }: Accepted, now: string): SubmitRequest => ({
  type: 'SubmitRequest',
  data: { ...accepted, now },
});

/** A command delivered again gets the answer of the first time. */
const answerAgain = (state: Request): null => {
  if (state.status === 'refused' || state.status === 'failed')
    throw new Rejection(state.code === deniedCode ? 'forbidden' : 'invalid', state.code, state.message);
  return null;
};

/** With what the guard of the role would answer now. */
const forecast = (verdict: Verdict, ground: OrderGround): Verdict => {
  if (verdict.verdict === 'refused') return verdict;
  const refusal = guardRefusal(verdict.order, ground);
  return refusal ? { verdict: 'refused', content: verdict.content, ...refusal } : verdict;
};

const validated = ({ verdict: _, content, ...accepted }: Accepted, at: string): RequestDocument => ({
  ...submittedDocument({ ...content, ...accepted, at }),
  isValidationOnly: true,
});
