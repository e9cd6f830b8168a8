import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { scheduleOf, type Judged, type RoleAtScope } from '@pim/assignments/domain';
import { roleScheduleId, type RoleScheduleEvent, type ScheduleOrder } from '@pim/contracts';
import { under, type Clock, type CommandContext, type Journal } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import { CLOCK, JOURNAL, orderGround, scheduleGuidOf } from '@pim/platform';
import { LostGrounds } from '../carry-out-order/lost-grounds';
import { Holdings } from '../leave/holdings';
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

/** The answer to a repetition when the first one was refused, or what it gave has ended. */
const nothingLeft = new Rejection(
  'conflict',
  'Conflict',
  'This was asked before, and refused, or what it gave has ended. Ask with another client-request-id.',
);

@CommandHandler(AssignStandingCommand)
export class AssignStandingHandler implements ICommandHandler<AssignStandingCommand> {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly grounds: LostGrounds,
    private readonly holdings: Holdings,
  ) {}

  async execute({ assignmentId, about, context }: AssignStandingCommand): Promise<void> {
    const order = orderFor('adminAssign', about, assignmentId, context);
    const { facts, roleKnown, scope } = await orderGround(this.journal, order, this.clock.now());
    if (!roleKnown) throw inDirectoryTerms('SubjectNotFound', `There is no role ${about.roleDefinitionId}.`);
    if (!scope.isKnown) throw inDirectoryTerms('InvalidScope', `There is no scope ${about.directoryScopeId}.`);
    if (!scope.isAllowed)
      throw inDirectoryTerms(
        'InvalidScope',
        'The given built-in role is not supported to be assigned to a single resource scope.',
      );
    const data: Judged = { order, facts };
    const { events, state } = await this.journal.execute(
      roleScheduleAggregate,
      streamOf(about),
      { type: 'AssignStanding', data },
      context,
    );
    throwRefusal(events);
    if (context.isRepeated && !scheduleOf(state, assignmentId)) throw nothingLeft;
    // The other side may have looked before this grant was there to be found.
    await this.grounds.endAt(order, null, context);
    await this.holdings.end(about.principalId, under(context, 'off'));
  }
}

@CommandHandler(RemoveStandingCommand)
export class RemoveStandingHandler implements ICommandHandler<RemoveStandingCommand> {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ id, about, removalId, context }: RemoveStandingCommand): Promise<void> {
    const targetScheduleId = id === null ? null : scheduleGuidOf(id);
    const order = { ...orderFor('adminRemove', about, removalId, context), targetScheduleId };
    const { facts } = await orderGround(this.journal, order, this.clock.now());
    const command = { type: 'RemoveStanding' as const, data: { order, facts } };
    const { events } = await this.journal.execute(roleScheduleAggregate, streamOf(about), command, context);
    throwRefusal(events);
  }
}
