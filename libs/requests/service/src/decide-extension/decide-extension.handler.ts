import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { RequestedSchedule, ScheduleKind, ScheduleOrder } from '@pim/contracts';
import type { Clock, CommandContext, Journal } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import {
  administers,
  CLOCK,
  DIRECTORY_ROLES,
  JOURNAL,
  Outcomes,
  requestDenied,
  type DirectoryRoles,
} from '@pim/platform';
import { decisionRefusal, judgeExtension, timesOf, type DecideExtension } from '@pim/requests/domain';
import { policies, requestAggregate, requests } from '../streams';

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
export class DecideExtensionCommand extends Command<ScheduleKind> {
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
    @Inject(DIRECTORY_ROLES) private readonly roles: DirectoryRoles,
    private readonly outcomes: Outcomes,
  ) {}

  async execute({ requestId, answer, context }: DecideExtensionCommand): Promise<ScheduleKind> {
    const now = this.clock.now();
    const { state } = await this.journal.load(requests, requestId);
    const { schedule, ...said } = answer;
    const isAdministrator = await administers(this.roles, context.actor.id, now);
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
    return this.kindOf(requestId);
  }

  /** The role's settings as they are now: a policy that has become stricter since it was asked binds who agrees now. */
  private async requireRules(
    order: ScheduleOrder,
    { now }: DecideExtension['data'],
    { authentication }: CommandContext,
  ): Promise<void> {
    const { state: policy } = await this.journal.load(policies, order.roleDefinitionId);
    const refusal = judgeExtension(order, { policy, authentication, now });
    if (refusal) throw new Rejection('invalid', refusal.code, refusal.message);
  }

  private async kindOf(requestId: string): Promise<ScheduleKind> {
    const { state } = await this.journal.load(requests, requestId);
    if (state.status === 'absent') throw new Error(`request ${requestId} was decided and is not there (this is a bug)`);
    if (state.status === 'failed') throw new Rejection('invalid', state.code, state.message);
    return state.ref.kind;
  }
}
