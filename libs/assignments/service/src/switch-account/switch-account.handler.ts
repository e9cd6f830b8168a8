import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { notFound, type Account } from '@pim/assignments/domain';
import type { PrincipalType } from '@pim/contracts';
import type { Clock, CommandContext, Journal } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import { ApiError, CLOCK, JOURNAL, Outcomes, principalView } from '@pim/platform';
import { principalAggregate } from '../streams';
import { Holdings } from '../leave/holdings';

/** Switches the account of a user or service principal on or off. Off ends what it holds, unless the last-administrator rule forbids it. */
export class SwitchAccountCommand extends Command<void> {
  constructor(
    readonly userId: string,
    readonly enabled: boolean,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** Puts on record what is wanted and waits for what comes of it: `settle-account` does it. */
@CommandHandler(SwitchAccountCommand)
export class SwitchAccountHandler implements ICommandHandler<SwitchAccountCommand> {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly outcomes: Outcomes,
    private readonly holdings: Holdings,
  ) {}

  async execute({ userId, enabled, context }: SwitchAccountCommand): Promise<void> {
    const { state } = await this.journal.load(principalView, userId);
    if (state.status !== 'known' || !hasAccount(state.principalType)) throw notFound(userId);
    await (enabled ? this.enable(userId, state.timesOff, context) : this.disable(userId, context));
  }

  /** What it held when it went off has ended before it is on: nothing of it comes back. */
  private async enable(userId: string, timesOff: number, context: CommandContext): Promise<void> {
    await this.holdings.end(userId, context);
    const data = { principalId: userId, timesOff, by: context.actor, now: this.clock.now() };
    await this.journal.execute(principalAggregate, userId, { type: 'EnablePrincipal', data }, context);
    if (!(await this.outcomes.until(() => this.isLetIn(userId))))
      throw stillSwitching('The account is on, but still kept from the protected roles. Look again.');
  }

  /** The same steps may be taken here and by the reaction: what it holds has ended before this is answered. */
  private async disable(userId: string, context: CommandContext): Promise<void> {
    const data = { principalId: userId, by: context.actor, now: this.clock.now() };
    await this.journal.execute(principalAggregate, userId, { type: 'RequestDisable', data }, context);
    await this.outcomes.until(async () => (await this.accountOf(userId)).status !== 'switchingOff');
    requireOff(await this.accountOf(userId));
    await this.holdings.end(userId, context);
  }

  private async accountOf(userId: string): Promise<Account> {
    const { state } = await this.journal.load(principalView, userId);
    return state.status === 'known' ? state.account : { status: 'off' };
  }

  /** Barred from nothing; or somebody else wants the account off again. */
  private async isLetIn(userId: string): Promise<boolean> {
    if ((await this.accountOf(userId)).status !== 'on') return true;
    return !(await this.holdings.isBarred(userId));
  }
}

const hasAccount = (type: PrincipalType): boolean => type === 'user' || type === 'servicePrincipal';

const stillSwitching = (message: string): ApiError =>
  new ApiError(503, 'ServiceUnavailable', message, { 'Retry-After': '1' });

/** What came of wanting an account off. Throws the guard's refusal, or 503 when nothing came of it yet. */
const requireOff = (account: Account): void => {
  if (account.status === 'switchingOff') throw stillSwitching('The account is still being switched off. Look again.');
  if (account.status === 'off') return;
  if (account.refusal) throw new Rejection('invalid', account.refusal.code, account.refusal.message);
  throw new Rejection('conflict', 'Conflict', 'The account was switched on again meanwhile. Look at it again.');
};
