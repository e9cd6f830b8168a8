import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { PrincipalAttributes, PrincipalRegistered } from '@pim/contracts';
import type { CommandContext } from '@pim/engine';
import { Managers } from './managers';
import { Principals } from './principals';
import { UniqueNames } from './unique-names';

/** Everything a principal is known by; `more`: attributes beside those of its registration. */
export type NewPrincipal = Omit<PrincipalRegistered['data'], 'at'> & { readonly more?: Partial<PrincipalAttributes> };

/**
 * Makes a user, group, service principal or administrative unit known; silent when it is. Throws `Request_BadRequest`
 * when its userPrincipalName or appId is taken, when there are too many role-assignable groups, or for somebody who
 * cannot be the manager, and `Conflict` for an id that was deleted.
 */
export class RegisterPrincipalCommand extends Command<void> {
  constructor(
    readonly principal: NewPrincipal,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(RegisterPrincipalCommand)
export class RegisterPrincipalHandler implements ICommandHandler<RegisterPrincipalCommand> {
  constructor(
    private readonly principals: Principals,
    private readonly names: UniqueNames,
    private readonly managers: Managers,
  ) {}

  async execute({ principal, context }: RegisterPrincipalCommand): Promise<void> {
    const { principalId } = principal;
    if ((await this.principals.load(principalId)).status === 'known') return;
    const data = { ...principal, now: this.principals.now };
    await this.names.holding(principal, () =>
      this.managers.holding(principal.more?.managerId, (manager) =>
        this.principals.execute(principalId, { type: 'RegisterPrincipal', data: { ...data, manager } }, context),
      ),
    );
  }
}
