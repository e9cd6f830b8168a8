import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { approverGroups, type ApproverGroups } from '@pim/assignments/domain';
import { policyStream, type PolicyEvent } from '@pim/contracts';
import { under, type CommandContext, type Journal, type StreamView } from '@pim/engine';
import { later } from '@pim/kernel';
import { JOURNAL, roleDefinitionOf } from '@pim/platform';
import { Principals } from '../principals/principals';

const groupsNamedIn: StreamView<ApproverGroups, PolicyEvent> = { stream: policyStream, view: approverGroups };

/** Tells the groups that settings name, or named, as approvers whether they do; silent where that is known. */
export class SettleApproverGroupsCommand extends Command<void> {
  constructor(
    /** Of a role's settings the role's id, of a group's `<groupId>_<member or owner>`. */
    readonly policyStreamId: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(SettleApproverGroupsCommand)
export class SettleApproverGroupsHandler implements ICommandHandler<SettleApproverGroupsCommand> {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    private readonly principals: Principals,
  ) {}

  async execute({ policyStreamId, context }: SettleApproverGroupsCommand): Promise<void> {
    const { state: groups } = await this.journal.load(groupsNamedIn, policyStreamId);
    if (groups.size === 0) return;
    const isInForce = !(await this.isGone(policyStreamId));
    const { now } = this.principals;
    for (const [groupId, { isNamed, windowMs }] of groups) {
      const protectedUntil = later(now, windowMs) ?? now;
      const data = { groupId, policyStreamId, isNamed: isNamed && isInForce, protectedUntil, now };
      await this.principals.execute(groupId, { type: 'SettleNaming', data }, under(context, groupId));
    }
  }

  /** Whether the role or group was deleted that the settings are of. */
  private async isGone(policyStreamId: string): Promise<boolean> {
    const [ownerId = '', access] = policyStreamId.split('_');
    const owner = access ? await this.principals.load(ownerId) : await roleDefinitionOf(this.journal, ownerId);
    return owner.status === 'deleted';
  }
}
