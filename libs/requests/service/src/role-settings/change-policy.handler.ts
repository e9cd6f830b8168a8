import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { keepersAt } from '@pim/assignments/domain';
import { isProtectedRole, roleScheduleId, type Approver, type PolicyRule } from '@pim/contracts';
import type { Clock, CommandContext, Journal } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import { CLOCK, JOURNAL, principalView, roleDefinitionOf, roleScheduleView } from '@pim/platform';
import { fromGraphRules, namedIn, type KnownSubject, type MinimumHolders } from '@pim/requests/domain';
import { policyFor } from '../streams';
import { OwnSettingsReader, type AskedOwnSettings } from './own-settings';
import type { PolicySubject } from './policy-id';

/** Whose settings. */
export interface PolicyRef extends PolicySubject {
  readonly policyId: string;
}

/** What is to be so. */
export interface PolicyChange extends AskedOwnSettings {
  readonly rules: readonly unknown[];
  /** The one rule the path named, 404 when there is none. */
  readonly ruleId?: string | undefined;
  readonly minimumHolders?: number | undefined;
}

/** Changes some of the rules and of the settings beside them: all or nothing. */
export class ChangePolicyCommand extends Command<void> {
  constructor(
    readonly policy: PolicyRef,
    readonly change: PolicyChange,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ChangePolicyCommand)
export class ChangePolicyHandler implements ICommandHandler<ChangePolicyCommand> {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly ownSettings: OwnSettingsReader,
  ) {}

  async execute({ policy, change, context }: ChangePolicyCommand): Promise<void> {
    const { rules: json, ruleId, minimumHolders } = change;
    const { policyId, roleDefinitionId, scopeId: directoryScopeId } = policy;
    const settings = policyFor({ roleDefinitionId, directoryScopeId });
    const [isThere, { state }] = await Promise.all([
      this.isThere(policy),
      this.journal.load(settings.view, settings.id),
    ]);
    if (!isThere) throw missing(`policy '${policyId.slice(0, 200)}'`);
    if (ruleId !== undefined && !state.rules.some(({ id }) => id === ruleId))
      throw missing(`rule '${ruleId.slice(0, 64)}'`);
    const rules = fromGraphRules(json, state);
    const knownSubjects = await this.known(rules);
    const now = this.clock.now();
    const minimum = minimumHolders === undefined ? {} : await this.minimum(policy, minimumHolders, now);
    const own = await this.ownSettings.read(change);
    const asked = { ...minimum, ...(own ? { own } : {}) };
    const data = { policyId, roleDefinitionId, rules, knownSubjects, ...asked, by: context.actor, now };
    await this.journal.execute(settings.aggregate, settings.id, { type: 'ChangePolicyRules', data }, context);
  }

  /** Judged by who holds the role now, by its guard; the guard keeps the number from then on. */
  private async minimum(
    { roleDefinitionId }: PolicyRef,
    minimum: number,
    now: string,
  ): Promise<{ readonly minimumHolders: MinimumHolders }> {
    const { state } = await this.journal.load(roleScheduleView, roleScheduleId(roleDefinitionId, '/'));
    const floor = isProtectedRole(roleDefinitionId, '/') ? 1 : 0;
    return { minimumHolders: { minimum, holders: keepersAt(state, now).length, floor } };
  }

  /** The role, or the group. */
  private async isThere({ roleDefinitionId, scopeId, scopeType }: PolicyRef): Promise<boolean> {
    if (scopeType === 'DirectoryRole')
      return (await roleDefinitionOf(this.journal, roleDefinitionId)).status === 'known';
    const { state } = await this.journal.load(principalView, scopeId);
    return state.status === 'known' && state.principalType === 'group';
  }

  /** The approvers named in these rules that exist, as what they are. */
  private async known(rules: readonly PolicyRule[]): Promise<readonly KnownSubject[]> {
    const named = rules.flatMap((rule) => (rule.type === 'approval' ? rule.approvalStages.flatMap(namedIn) : []));
    const known = await Promise.all(named.map((subject) => this.exists(subject)));
    return named.filter((_, index) => known[index]);
  }

  private async exists({ type, id }: Approver): Promise<boolean> {
    const { state } = await this.journal.load(principalView, id);
    return state.status === 'known' && state.principalType === (type === 'singleUser' ? 'user' : 'group');
  }
}

const missing = (what: string): Rejection => new Rejection('not-found', 'ResourceNotFound', `There is no ${what}.`);
