import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { PrincipalAttributes } from '@pim/contracts';
import type { CommandContext } from '@pim/engine';
import { Managers } from './managers';
import { Principals } from './principals';
import { UniqueNames } from './unique-names';

/**
 * Sets attributes of a principal; silent about those that are so already. Whether its account is on is changed by
 * `SwitchAccountCommand`. Throws `Request_ResourceNotFound`, or `Request_BadRequest` for a sign-in name that is taken and
 * for somebody who cannot be the manager.
 */
export class ChangeAttributesCommand extends Command<void> {
  constructor(
    readonly principalId: string,
    readonly attributes: Partial<PrincipalAttributes>,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ChangeAttributesCommand)
export class ChangeAttributesHandler implements ICommandHandler<ChangeAttributesCommand> {
  constructor(
    private readonly principals: Principals,
    private readonly names: UniqueNames,
    private readonly managers: Managers,
  ) {}

  async execute({ principalId, attributes, context }: ChangeAttributesCommand): Promise<void> {
    const data = { principalId, attributes, now: this.principals.now };
    const { userPrincipalName, managerId } = attributes;
    await this.names.holding({ principalId, userPrincipalName }, () =>
      this.managers.holding(managerId, (manager) =>
        this.principals.execute(principalId, { type: 'ChangeAttributes', data: { ...data, manager } }, context),
      ),
    );
  }
}
