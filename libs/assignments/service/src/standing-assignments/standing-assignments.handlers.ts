import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { scheduleOf, type Judged, type RoleAtScope } from '@pim/assignments/domain';
import { roleScheduleId, type RoleScheduleEvent, type ScheduleOrder } from '@pim/contracts';
import { under, type CommandContext, type Journal } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import { JOURNAL, OrderGrounds, scheduleGuidOf, type OrderGround } from '@pim/platform';
import { LostGrounds } from '../carry-out-order/lost-grounds';
import { Holdings } from '../leave/holdings';
import { nothingLeft } from '../nothing-left';
import { roleScheduleAggregate } from '../streams';

type About = RoleAtScope & { readonly principalId: string };

/** Assigns a role for good, outside PIM. Throws 400 or 404 as Graph's directory does; a refusal of the guard is on record. */
export class AssignStandingCommand extends Command<void> {
  constructor(
    readonly assignmentId: string,
    readonly about: About,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/**
 * Ends the active assignment of this id; null: all that the principal holds now. Throws 404 when there is none, 400 for
 * the last administrator.
 */
export class RemoveStandingCommand extends Command<void> {
  constructor(
    readonly id: string | null,
    readonly about: About,
    readonly removalId: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

const orderFor = (
  action: 'adminAssign' | 'adminRemove',
  { principalId, roleDefinitionId, directoryScopeId }: About,
  requestId: string,
  { actor }: CommandContext,
): ScheduleOrder => ({
  requestId,
  kind: 'assignment',
  action,
  principalId,
  roleDefinitionId,
  directoryScopeId,
  startDateTime: null,
  durationMs: null,
  endDateTime: null,
  targetScheduleId: null,
  actor,
});

const streamOf = ({ roleDefinitionId, directoryScopeId }: RoleAtScope): string =>
  roleScheduleId(roleDefinitionId, directoryScopeId);

/** What the guard's codes are in the directory, which has no words of PIM (reference §1.2). */
const inDirectoryTerms = (code: string, message: string): Rejection => {
  switch (code) {
    case 'RoleAssignmentExists':
      return new Rejection(
        'invalid',
        'Request_BadRequest',
        'A conflicting object with one or more of the specified property values is present in the directory.',
      );
    // Scripts tell by it that a rule of the tenant's own refused, and which.
    case 'RoleAssignmentRequestPolicyValidationFailed':
      return new Rejection('invalid', code, message);
    case 'RoleAssignmentDoesNotExist':
    case 'SubjectNotFound':
      return new Rejection('not-found', 'Request_ResourceNotFound', message);
    default:
      return new Rejection('invalid', 'Request_BadRequest', message);
  }
};

const throwRefusal = (events: readonly RoleScheduleEvent[]): void => {
  const refusal = events.find((event) => event.type === 'ScheduleChangeRefused');
  if (refusal) throw inDirectoryTerms(refusal.data.code, refusal.data.message);
};

/** The answer to whoever gives a role in the moment in which somebody else gives one that must be apart from it. */
const metAnother = new Rejection(
  'conflict',
  'Conflict',
  'In the same moment the principal got a role that nobody may have together with this one. Look at what they have, and ask again.',
);

const requireTarget = ({ roleDefinitionId, directoryScopeId }: About, { roleKnown, scope }: OrderGround): void => {
  if (!roleKnown) throw inDirectoryTerms('SubjectNotFound', `There is no role ${roleDefinitionId}.`);
  if (!scope.isKnown) throw inDirectoryTerms('InvalidScope', `There is no scope ${directoryScopeId}.`);
  if (!scope.isAllowed)
    throw inDirectoryTerms(
      'InvalidScope',
      'The given built-in role is not supported to be assigned to a single resource scope.',
    );
};

@CommandHandler(AssignStandingCommand)
export class AssignStandingHandler implements ICommandHandler<AssignStandingCommand> {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    private readonly orders: OrderGrounds,
    private readonly grounds: LostGrounds,
    private readonly holdings: Holdings,
  ) {}

  async execute({ assignmentId, about, context }: AssignStandingCommand): Promise<void> {
    const order = orderFor('adminAssign', about, assignmentId, context);
    const ground = await this.orders.of(order);
    requireTarget(about, ground);
    const data: Judged = { order, facts: ground.facts };
    const { events, state } = await this.journal.execute(
      roleScheduleAggregate,
      streamOf(about),
      { type: 'AssignStanding', data },
      context,
    );
    throwRefusal(events);
    if (context.isRepeated && !scheduleOf(state, assignmentId)) throw nothingLeft;
    // The other side may have looked before this grant was there to be found.
    const isSeparated = await this.grounds.endAt(order, null, context);
    await this.holdings.end(about.principalId, under(context, 'off'));
    if (isSeparated) throw metAnother;
  }
}

@CommandHandler(RemoveStandingCommand)
export class RemoveStandingHandler implements ICommandHandler<RemoveStandingCommand> {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    private readonly orders: OrderGrounds,
  ) {}

  async execute({ id, about, removalId, context }: RemoveStandingCommand): Promise<void> {
    const targetScheduleId = id === null ? null : scheduleGuidOf(id);
    const order = { ...orderFor('adminRemove', about, removalId, context), targetScheduleId };
    const { facts } = await this.orders.of(order);
    const command = { type: 'RemoveStanding' as const, data: { order, facts } };
    const { events } = await this.journal.execute(roleScheduleAggregate, streamOf(about), command, context);
    throwRefusal(events);
  }
}
