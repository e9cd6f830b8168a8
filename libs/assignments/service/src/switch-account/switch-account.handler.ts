import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { globalAdministrator, privilegedRoleAdministrator } from '@pim/contracts';
import type { Clock, Journal } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import {
  CLOCK,
  DIRECTORY_ROLES,
  JOURNAL,
  principalView,
  requireAdministrator,
  type DirectoryRoles,
  type GraphRequest,
} from '@pim/platform';
import { principalAggregate } from '../streams';
import { Holdings } from './holdings';

/** Switches a user's account on or off. Off ends what it holds, unless the last-administrator rule forbids it. */
export class SwitchAccountCommand extends Command<void> {
  constructor(
    readonly userId: string,
    readonly enabled: boolean,
    readonly request: GraphRequest,
  ) {
    super();
  }
}

@CommandHandler(SwitchAccountCommand)
export class SwitchAccountHandler implements ICommandHandler<SwitchAccountCommand> {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(DIRECTORY_ROLES) private readonly roles: DirectoryRoles,
    private readonly holdings: Holdings,
  ) {}

  async execute({ userId, enabled, request }: SwitchAccountCommand): Promise<void> {
    const { state } = await this.journal.load(principalView, userId);
    if (state.status === 'absent' || state.principalType !== 'user')
      throw new Rejection('not-found', 'Request_ResourceNotFound', `There is no user ${userId.slice(0, 100)}.`);
    await this.refuseForPrivileged(userId, request);
    await (enabled ? this.enable(userId, request) : this.disable(userId, request));
  }

  /** Whoever holds one of the two top roles is switched only by somebody who does, too. */
  private async refuseForPrivileged(userId: string, { caller }: GraphRequest): Promise<void> {
    const top = [globalAdministrator, privilegedRoleAdministrator];
    const held = await this.roles.heldBy(userId, top, this.clock.now());
    if (held.length === 0 || caller.kind === 'application') return;
    requireAdministrator(await this.roles.heldBy(caller.id, top, this.clock.now()));
  }

  private async enable(userId: string, { context }: GraphRequest): Promise<void> {
    const data = { principalId: userId, by: context.actor, now: this.clock.now() };
    await this.journal.execute(principalAggregate, userId, { type: 'EnablePrincipal', data }, context);
    await this.holdings.lift(userId, context);
  }

  private async disable(userId: string, { context }: GraphRequest): Promise<void> {
    const data = { principalId: userId, by: context.actor, now: this.clock.now() };
    try {
      await this.holdings.bar(userId, context);
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      const { code, message } = error;
      await this.journal.execute(
        principalAggregate,
        userId,
        { type: 'RefuseDisable', data: { ...data, code, message } },
        context,
      );
      await this.holdings.lift(userId, { ...context, commandId: `${context.commandId}:lift` });
      throw error;
    }
    await this.holdings.endOthers(userId, context);
    await this.journal.execute(principalAggregate, userId, { type: 'DisablePrincipal', data }, context);
  }
}
