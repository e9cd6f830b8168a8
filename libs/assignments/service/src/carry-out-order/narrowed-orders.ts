import { Inject, Injectable } from '@nestjs/common';
import { narrowedFrom, widerGround, type RoleAtScope, type WiderGround } from '@pim/assignments/domain';
import { roleScheduleId, type ApprovedOrder, type ScheduleOrder } from '@pim/contracts';
import { under, type Clock, type CommandContext, type Journal } from '@pim/engine';
import { CLOCK, isMember, JOURNAL, OrderGrounds, roleScheduleView } from '@pim/platform';
import { roleScheduleAggregate } from '../streams';

/** An order as it is carried out; with `narrowedFrom`, an approver narrowed its scope. */
export type CarriedOrder = ScheduleOrder & Partial<ApprovedOrder>;

type NarrowedOrder = CarriedOrder & { readonly narrowedFrom: string };

/** Whether an approver narrowed its scope. */
export const isNarrowed = (order: CarriedOrder): order is NarrowedOrder => typeof order.narrowedFrom === 'string';

/**
 * Activations whose guard is not that of their eligibility. The wider guard is told first where the activation goes, under
 * its own revision: whoever ends the eligibility after that finds it there, by the log, and whoever did before is found here.
 */
@Injectable()
export class NarrowedOrders {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly orders: OrderGrounds,
  ) {}

  /** Grants in the narrower guard what the wider one agreed to. Each refusal is recorded in the guard that refused. */
  async give(order: NarrowedOrder, context: CommandContext): Promise<void> {
    const { requestId, directoryScopeId: narrowedTo, narrowedFrom: directoryScopeId } = order;
    const wider = { ...order, directoryScopeId };
    const { facts: atWider } = await this.orders.of(wider);
    const command = { type: 'NarrowActivation' as const, data: { order: wider, facts: atWider, narrowedTo } };
    await this.journal.execute(roleScheduleAggregate, streamOf(wider), command, under(context, 'narrow'));
    if (!(await this.scopeOf(wider, requestId))) return;
    const { facts } = await this.orders.of(order);
    const data = { order, facts, ground: await this.ground(wider, requestId, order.principalId) };
    await this.journal.execute(roleScheduleAggregate, streamOf(order), { type: 'GrantNarrowed', data }, context);
  }

  /** The scope at which an activation is, when it was narrowed here; null: it was not. */
  async scopeOf(place: RoleAtScope, scheduleId: string): Promise<string | null> {
    const { state } = await this.journal.load(roleScheduleView, streamOf(place));
    return state.narrowings.byId.get(scheduleId)?.narrowedTo ?? null;
  }

  /** Ends or shortens what was narrowed from an eligibility, as far as that does not cover it any more. */
  async settle(place: RoleAtScope, eligibilityId: string, context: CommandContext): Promise<void> {
    const { state } = await this.journal.load(roleScheduleView, streamOf(place));
    for (const { scheduleId } of narrowedFrom(state.narrowings, eligibilityId, this.clock.now()))
      await this.settleOne(place, scheduleId, context);
  }

  /** The same for the activation that an order gave. Silent for an order that nobody narrowed. */
  async settleAfter(order: CarriedOrder, context: CommandContext): Promise<void> {
    if (!isNarrowed(order)) return;
    await this.settleOne({ ...order, directoryScopeId: order.narrowedFrom }, order.requestId, context);
  }

  private async settleOne(place: RoleAtScope, scheduleId: string, context: CommandContext): Promise<void> {
    const { state } = await this.journal.load(roleScheduleView, streamOf(place));
    const narrowed = state.narrowings.byId.get(scheduleId);
    if (!narrowed) return;
    const data = { scheduleId, ground: widerGround(state, scheduleId), by: context.actor, now: this.clock.now() };
    const stream = streamOf({ ...place, directoryScopeId: narrowed.narrowedTo });
    const { revision } = await this.journal.load(roleScheduleView, stream);
    // The revision, because another try may find more to do than the one before.
    const own = under(context, `${stream}:${scheduleId}:${revision}`);
    await this.journal.execute(roleScheduleAggregate, stream, { type: 'SettleNarrowed', data }, own);
  }

  /** Of a group only while they are in it. */
  private async ground(place: RoleAtScope, scheduleId: string, principalId: string): Promise<WiderGround | null> {
    const { state } = await this.journal.load(roleScheduleView, streamOf(place));
    const ground = widerGround(state, scheduleId);
    const whose = ground?.eligibility.principalId ?? principalId;
    if (whose === principalId || (await isMember(this.journal, whose, principalId, this.clock.now()))) return ground;
    return null;
  }
}

const streamOf = ({ roleDefinitionId, directoryScopeId }: RoleAtScope): string =>
  roleScheduleId(roleDefinitionId, directoryScopeId);
