import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { accessIdOf, type RequestedSchedule, type ScheduleOrder } from '@pim/contracts';
import type { Clock, CommandContext, Journal } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import { AssignmentRights, CLOCK, JOURNAL, Outcomes, requestDenied } from '@pim/platform';
import { decisionRefusal, judgeExtension, timesOf, type DecideExtension } from '@pim/requests/domain';
import type { RequestSetName } from '../schedule-requests/request-sets';
import { policyFor, requestAggregate, requests } from '../streams';

export interface ExtensionAnswer {
  readonly decision: 'Approve' | 'Deny';
  readonly justification: string;
  /** Other times than were asked for; null: those. */
  readonly schedule: RequestedSchedule | null;
}

/**
 * Approves or denies an extension or renewal and waits for what comes of it; answers which set the request is in. Rejects
 * with 403 who may not, 404 the unknown, 409 what waits for nobody, 400 what the role's settings or the guard refuse.
 */
export class DecideExtensionCommand extends Command<RequestSetName> {
  constructor(
    readonly requestId: string,
    readonly answer: ExtensionAnswer,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(DecideExtensionCommand)
export class DecideExtensionHandler implements ICommandHandler<DecideExtensionCommand> {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly rights: AssignmentRights,
    private readonly outcomes: Outcomes,
  ) {}

  async execute({ requestId, answer, context }: DecideExtensionCommand): Promise<RequestSetName> {
    const now = this.clock.now();
    const { state } = await this.journal.load(requests, requestId);
    const { schedule, ...said } = answer;
    const isAdministrator = state.status !== 'absent' && (await this.rights.administers(state.ref, context.actor.id));
    const times = schedule && timesOf(schedule, now);
    const data = { ...said, times, by: context.actor, isAdministrator, now };
    const decide = () => this.journal.execute(requestAggregate, requestId, { type: 'DecideExtension', data }, context);
    if (state.status === 'pendingDecision') {
      if (decisionRefusal(state, data)) {
        await decide(); // The attempt is on record before it is answered.
        throw requestDenied('Extensions and renewals are decided by an administrator other than who asked for them.');
      }
      if (said.decision === 'Approve') await this.requireRules({ ...state.order, ...times }, data, context);
    }
    await this.outcomes.after(decide, requestId, 'outcome');
    return this.setOf(requestId);
  }

  /** The role's settings as they are now: a policy that has become stricter since it was asked binds who agrees now. */
  private async requireRules(
    order: ScheduleOrder,
    { now }: DecideExtension['data'],
    { authentication }: CommandContext,
  ): Promise<void> {
    const settings = policyFor(order);
    const { state: policy } = await this.journal.load(settings.view, settings.id);
    const refusal = judgeExtension(order, { policy, authentication, now });
    if (refusal) throw new Rejection('invalid', refusal.code, refusal.message);
  }

  private async setOf(requestId: string): Promise<RequestSetName> {
    const { state } = await this.journal.load(requests, requestId);
    if (state.status === 'absent') throw new Error(`request ${requestId} was decided and is not there (this is a bug)`);
    if (state.status === 'failed') throw new Rejection('invalid', state.code, state.message);
    const { kind, roleDefinitionId } = state.ref;
    return { kind, isOfGroup: accessIdOf(roleDefinitionId) !== null };
  }
}
