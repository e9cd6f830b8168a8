import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { PolicyRule } from '@pim/contracts';
import type { Clock, CommandContext, Journal } from '@pim/engine';
import { CLOCK, JOURNAL } from '@pim/platform';
import { policies, policyAggregate } from '../streams';
import type { PolicyRef } from './change-policy.handler';

/** Gives a role its first settings; silent when somebody has changed them since. For set-up, which may run again. */
export class SetFirstPolicyRulesCommand extends Command<void> {
  constructor(
    readonly policy: PolicyRef,
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
    const { state } = await this.journal.load(policies, policy.roleDefinitionId);
    if (state.version > 0) return;
    const data = { ...policy, rules, by: context.actor, now: this.clock.now() };
    await this.journal.execute(policyAggregate, policy.roleDefinitionId, { type: 'ChangePolicyRules', data }, context);
  }
}
