import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { PolicyRule } from '@pim/contracts';
import type { Clock, CommandContext, Journal } from '@pim/engine';
import { CLOCK, JOURNAL } from '@pim/platform';
import { policyFor } from '../streams';

/** Gives a role its first settings; silent when somebody has changed them since. For set-up, which may run again. */
export class SetFirstPolicyRulesCommand extends Command<void> {
  constructor(
    readonly policy: { readonly policyId: string; readonly roleDefinitionId: string },
    readonly rules: readonly PolicyRule[],
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(SetFirstPolicyRulesCommand)
export class SetFirstPolicyRulesHandler implements ICommandHandler<SetFirstPolicyRulesCommand> {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ policy, rules, context }: SetFirstPolicyRulesCommand): Promise<void> {
    const settings = policyFor({ ...policy, directoryScopeId: '/' });
    const { state } = await this.journal.load(settings.view, settings.id);
    if (state.version > 0) return;
    const data = { ...policy, rules, by: context.actor, now: this.clock.now() };
    await this.journal.execute(settings.aggregate, settings.id, { type: 'ChangePolicyRules', data }, context);
  }
}
