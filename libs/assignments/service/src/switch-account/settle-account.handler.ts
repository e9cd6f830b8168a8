import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { nextSwitchStep, type RoleAtScope, type Switching, type SwitchStep } from '@pim/assignments/domain';
import { isProtectedRole } from '@pim/contracts';
import { under, type Clock, type CommandContext, type Journal } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import { CLOCK, JOURNAL, principalView, roleScheduleView } from '@pim/platform';
import { principalAggregate, roleScheduleAggregate } from '../streams';
import { Holdings } from '../leave/holdings';
import { Places, streamOf } from '../leave/places';

/** Brings an account to where it is meant to be: off and without anything, or on and not barred from anything. */
export class SettleAccountCommand extends Command<void> {
  constructor(
    readonly principalId: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

type Refusal = Switching['refusal'];

/** A step, and under which id it is recorded. */
interface Next {
  readonly step: SwitchStep;
  readonly context: CommandContext;
}

@CommandHandler(SettleAccountCommand)
export class SettleAccountHandler implements ICommandHandler<SettleAccountCommand> {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly holdings: Holdings,
    private readonly places: Places,
  ) {}

  async execute(command: SettleAccountCommand): Promise<void> {
    let refusal: Refusal = null;
    for (let next = await this.next(command, refusal); next; next = await this.next(command, refusal))
      refusal = await this.take(next, command.principalId, refusal);
    await this.holdings.end(command.principalId, command.context);
  }

  /** Reads again before every step: nothing that was remembered across an interruption could be trusted. */
  private async next({ principalId, context }: SettleAccountCommand, refusal: Refusal): Promise<Next | null> {
    const own = await this.journal.load(principalView, principalId);
    const guards = await Promise.all((await this.places.guarded()).map((role) => this.guard(role)));
    const about = { principalId, principal: own.state, guards, refusal };
    const step = nextSwitchStep({ ...about, by: context.actor, now: this.clock.now() });
    if (!step) return null;
    // The revision, because the same step may come twice: a bar that was lifted is set again after an interruption.
    const at = step.at === 'guard' ? guards.find(({ role }) => role === step.role) : own;
    const stream = step.at === 'guard' ? streamOf(step.role) : principalId;
    return { step, context: under(context, `${stream}:${at?.revision}`) };
  }

  private async guard(role: RoleAtScope) {
    const isProtected = isProtectedRole(role.roleDefinitionId, role.directoryScopeId);
    return { role, isProtected, ...(await this.journal.load(roleScheduleView, streamOf(role))) };
  }

  /** Resolves to what a guard has against it, until that is on record. */
  private async take({ step, context }: Next, principalId: string, refusal: Refusal): Promise<Refusal> {
    if (step.at === 'principal') {
      await this.journal.execute(principalAggregate, principalId, step.command, context);
      return null;
    }
    try {
      await this.journal.execute(roleScheduleAggregate, streamOf(step.role), step.command, context);
      return refusal;
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      return { code: error.code, message: error.message };
    }
  }
}
