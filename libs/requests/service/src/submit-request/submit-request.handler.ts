import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext, Journal } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import { acrsChallenge, ApiError, JOURNAL, Outcomes, ReadModels, type OrderGround, Turns } from '@pim/platform';
import { deniedCode, judge, type Ask, type Request, type Verdict } from '@pim/requests/domain';
import { submittedDocument, type RequestDocument } from '../schedule-requests/requests.projection';
import { requestAggregate, requests } from '../streams';
import { GatherFacts } from './gather-facts';
import { guardRefusal } from './guard-refusal';

/**
 * Judges a request, puts the verdict on record and waits for its outcome. Answers the request's id; of a
 * validation-only one the document it would have become. Throws what `judge` and the guard refuse with.
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
    private readonly outcomes: Outcomes,
    private readonly readModels: ReadModels,
  ) {}

  /**
   * Requests for one principal, role and scope are judged one after another, each when the one before is on record, so
   * that of several at once only one waits for an approver. With several replicas two may wait side by side; the guard
   * of the role still carries out only one of them.
   */
  async execute({ ask, context }: SubmitRequestCommand): Promise<RequestDocument | null> {
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
    await this.readModels.fresh();
    const { facts, ground } = await this.gather.for(ask, context);
    const verdict = forecast(judge(ask, facts), ground);
    if (verdict.verdict === 'refused') return this.refuse(ask, verdict, { context, now: facts.now });
    if (ask.isValidationOnly) return validated(verdict, facts.now);
    await this.submit(verdict, { context, now: facts.now }, end);
    return null;
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

  private async submit(
    { content, order, approval, awaitsAdministrator }: Accepted,
    { context, now }: { context: CommandContext; now: string },
    onRecord: () => void,
  ): Promise<void> {
    const { requestId } = content;
    const command = { type: 'SubmitRequest' as const, data: { content, order, approval, awaitsAdministrator, now } };
    const record = async () => {
      const recorded = await this.journal.execute(requestAggregate, requestId, command, context);
      onRecord();
      return recorded;
    };
    if (awaitsAdministrator) return void (await record());
    await this.outcomes.after(record, requestId, { what: approval ? 'approval' : 'outcome' });
    const { state } = await this.journal.load(requests, requestId);
    if (state.status === 'failed') throw new Rejection('invalid', state.code, state.message);
  }
}

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

const validated = ({ content, ...accepted }: Accepted, at: string): RequestDocument => ({
  ...submittedDocument({ ...content, ...accepted, at }),
  isValidationOnly: true,
});
