import { Inject, Injectable } from '@nestjs/common';
import { liveSchedulesOf } from '@pim/assignments/domain';
import { roleScheduleId, type ScheduleOrder } from '@pim/contracts';
import { under, type Clock, type CommandContext, type Journal } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import { CLOCK, JOURNAL, OrderGrounds, Outcomes, roleScheduleView } from '@pim/platform';
import type { SubmitRequest } from '@pim/requests/domain';
import { outcomesIn } from '../follow/follow-schedule.reaction';
import type { RequestDocument } from '../schedule-requests/requests.projection';
import { guardAggregate, ordersInLog, requestAggregate, requestDocumentsInLog, requests } from '../streams';

/** Puts accepted requests on record and waits for what comes of them. */
@Injectable()
export class Submissions {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    private readonly grounds: OrderGrounds,
    private readonly outcomes: Outcomes,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Waits for the request's outcome, or until it is somebody else's turn; `onRecord` is called as soon as it is on record.
   * Throws what the guard of the role refused with.
   */
  async submit(command: SubmitRequest, context: CommandContext, onRecord: () => void): Promise<void> {
    const { requestId } = command.data.content;
    const record = async () => {
      const recorded = await this.journal.execute(requestAggregate, requestId, command, context);
      onRecord();
      return recorded;
    };
    if (command.data.awaitsAdministrator) return void (await record());
    await this.outcomes.after(record, requestId, { what: nextOf(command) });
    await this.requireCarriedOut(requestId);
  }

  /**
   * Emergency access needs the log and nothing else. What the assignments service and the follower of the guard would do
   * when they hear of the request is done here at once, by the same deciders on the same streams: when they hear of it,
   * after the bus or the other service is back, they find it done and are silent (ADR 0034). Answers the request. Throws
   * what the guard refused with.
   */
  async submitEmergency(command: SubmitRequest, context: CommandContext): Promise<RequestDocument> {
    const { order } = command.data;
    await this.journal.execute(requestAggregate, order.requestId, command, context);
    return this.finish(order, context);
  }

  /**
   * Answers an emergency that is on record already and is sent again, while it is on its way or in effect; what an accident
   * left undone of it is done now. null: it was refused, or is over.
   */
  async resumeEmergency(requestId: string, context: CommandContext): Promise<RequestDocument | null> {
    const { state: order } = await this.journal.load(ordersInLog, requestId);
    return order && (await this.isUnderWay(order)) ? this.finish(order, context) : null;
  }

  /** The guard handles a request once, whoever brings it how often. */
  private async finish(order: ScheduleOrder, context: CommandContext): Promise<RequestDocument> {
    const { requestId } = order;
    await this.carryOut(order, context);
    // Whoever heard of the request on the way of all others may have been faster, and about to say how it ended.
    await this.outcomes.until(() => this.isSettled(requestId));
    await this.requireCarriedOut(requestId);
    return this.inLog(requestId);
  }

  /** The request as its read model would show it. */
  async inLog(requestId: string): Promise<RequestDocument> {
    const { state: document } = await this.journal.load(requestDocumentsInLog, requestId);
    if (!document) throw new Error(`request ${requestId} was recorded and is not there (this is a bug)`);
    return document;
  }

  private async carryOut(order: ScheduleOrder, context: CommandContext): Promise<void> {
    const { facts } = await this.grounds.inEmergency(order);
    const guard = roleScheduleId(order.roleDefinitionId, order.directoryScopeId);
    const carriedOut = { type: 'CarryOutOrder', data: { order, facts } } as const;
    const { events } = await this.journal.execute(guardAggregate, guard, carriedOut, under(context, 'carry-out'));
    for (const [requestId, outcome] of events.flatMap(outcomesIn))
      await this.journal.execute(requestAggregate, requestId, outcome, under(context, 'outcome'));
  }

  private async requireCarriedOut(requestId: string): Promise<void> {
    const { state } = await this.journal.load(requests, requestId);
    if (state.status === 'failed') throw new Rejection('invalid', state.code, state.message);
  }

  private async isUnderWay({ requestId, principalId, ...role }: ScheduleOrder): Promise<boolean> {
    if (!(await this.isSettled(requestId))) return true;
    const guard = roleScheduleId(role.roleDefinitionId, role.directoryScopeId);
    const { state } = await this.journal.load(roleScheduleView, guard);
    const live = liveSchedulesOf(state, principalId, this.clock.now());
    return live.some(({ scheduleId }) => scheduleId === requestId);
  }

  private async isSettled(requestId: string): Promise<boolean> {
    const { state } = await this.journal.load(requests, requestId);
    return state.status !== 'submitted';
  }
}

/** What the caller waits for. */
const nextOf = ({ data: { approval, customExtension } }: SubmitRequest): 'outcome' | 'approval' | 'either' => {
  if (customExtension) return 'either';
  return approval ? 'approval' : 'outcome';
};
