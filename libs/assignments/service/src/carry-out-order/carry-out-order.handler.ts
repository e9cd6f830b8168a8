import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { groupBehind, type RoleScheduleCommand } from '@pim/assignments/domain';
import { roleScheduleId, type ScheduleOrder } from '@pim/contracts';
import { under, type CommandContext, type Journal } from '@pim/engine';
import { JOURNAL, OrderGrounds } from '@pim/platform';
import { roleScheduleAggregate, withdrawals } from '../streams';
import { LostGrounds } from './lost-grounds';
import { isNarrowed, NarrowedOrders, type CarriedOrder } from './narrowed-orders';

/** Carries out what a judged request asks for, under the guard of its role. A refusal is recorded, not thrown. */
export class CarryOutOrderCommand extends Command<void> {
  constructor(
    readonly order: CarriedOrder,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(CarryOutOrderCommand)
export class CarryOutOrderHandler implements ICommandHandler<CarryOutOrderCommand> {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    private readonly orders: OrderGrounds,
    private readonly grounds: LostGrounds,
    private readonly narrowed: NarrowedOrders,
  ) {}

  async execute({ order, context }: CarryOutOrderCommand): Promise<void> {
    const { facts, withdrawal } = await this.look(order);
    if (withdrawal) return;
    if (isNarrowed(order)) await this.narrowed.give(order, context);
    else await this.give({ type: 'CarryOutOrder', data: { order, facts } }, order, context);
    await this.takeBack(order, context);
  }

  /**
   * What was withdrawn, switched off, lost its group, scope, role or wider eligibility, or came beside a role that must be
   * apart from it while the order was carried out ends again: the other side may have looked before the grant was there to
   * be found, so this side looks once more after it.
   */
  private async takeBack(order: CarriedOrder, context: CommandContext): Promise<void> {
    const { facts, withdrawal, isBarred, groupId } = await this.look(order);
    const { now, principalEnabled } = facts;
    const isProtected = facts.isProtected && facts.principalType !== 'group';
    const { requestId, principalId } = order;
    if (withdrawal) {
      const by = withdrawal.by ?? context.actor;
      const data = { requestId, scheduleId: requestId, isProtected, by, now };
      await this.give({ type: 'CancelScheduled', data }, order, under(context, 'undo'));
    }
    const reason = 'principal-disabled' as const;
    if (!principalEnabled && (!isProtected || isBarred)) {
      const data = { principalId, scheduleIds: [requestId], isProtected, reason, by: context.actor, now };
      await this.give({ type: 'EndHoldings', data }, order, under(context, 'end'));
    }
    await this.grounds.endAt(order, groupId, context);
    await this.narrowed.settleAfter(order, under(context, 'wider'));
  }

  private async look(order: ScheduleOrder) {
    const ground = await this.orders.of(order);
    const { state: withdrawal } = await this.journal.load(withdrawals, order.requestId);
    const isBarred = ground.role.barred.has(order.principalId);
    const groupId = groupBehind(ground.role, order.requestId);
    return { facts: ground.facts, withdrawal, isBarred, groupId };
  }

  private async give(command: RoleScheduleCommand, order: ScheduleOrder, context: CommandContext): Promise<void> {
    const id = roleScheduleId(order.roleDefinitionId, order.directoryScopeId);
    await this.journal.execute(roleScheduleAggregate, id, command, context);
  }
}
