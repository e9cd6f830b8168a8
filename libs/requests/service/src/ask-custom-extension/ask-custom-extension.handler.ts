import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Clock, CommandContext, Journal } from '@pim/engine';
import { CLOCK, EXTENSION_CLIENT, JOURNAL, TENANT, type ExtensionClient, type Tenant } from '@pim/platform';
import type { Submission } from '@pim/requests/domain';
import { requestAggregate, requests } from '../streams';
import { questionBody } from './question';

/**
 * Asks the role's endpoint about a request and puts on record what it said, or that it said nothing. Silent when the request
 * does not wait for that any more. Throws when the process stops before there is an answer.
 */
export class AskCustomExtensionCommand extends Command<void> {
  constructor(
    readonly requestId: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(AskCustomExtensionCommand)
export class AskCustomExtensionHandler implements ICommandHandler<AskCustomExtensionCommand> {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(TENANT) private readonly tenant: Tenant,
    @Inject(EXTENSION_CLIENT) private readonly extensions: ExtensionClient,
  ) {}

  async execute({ requestId, context }: AskCustomExtensionCommand): Promise<void> {
    const { state } = await this.journal.load(requests, requestId);
    if (state.status !== 'awaitingCustomExtension') return;
    const reply = await this.ask(state.submission);
    const data = { ...reply, by: context.actor, now: this.clock.now() };
    await this.journal.execute(requestAggregate, requestId, { type: 'RecordCustomExtensionAnswer', data }, context);
  }

  private ask(submission: Submission): ReturnType<ExtensionClient['ask']> {
    const { endpoint = '', timeoutSeconds = 1 } = submission.customExtension ?? {};
    const body = questionBody(submission, this.tenant.tenantId);
    return this.extensions.ask({ id: submission.requestId, endpoint, timeoutSeconds, body });
  }
}
