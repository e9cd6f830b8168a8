import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { GraphRequest } from '@pim/platform';
import { DeletePrincipalCommand } from '../delete-principal/delete-principal.handler';
import { ChangeAccountCommand, type AccountChange } from '../principals/change-account.handler';
import { SwitchingRights } from '../switch-account/switching-rights';
import { ObjectIds } from './object-ids';

type AccountType = 'user' | 'servicePrincipal';

/** Which account a path is about. */
export interface AccountPath {
  readonly type: AccountType;
  /** An id, a user principal name, or a client id. */
  readonly segment: string;
}

/** Changes people and applications, if the caller may: those with privileged roles only by who manages roles. */
@Injectable()
export class Accounts {
  constructor(
    private readonly commands: CommandBus,
    private readonly objectIds: ObjectIds,
    private readonly rights: SwitchingRights,
  ) {}

  async change(path: AccountPath, change: AccountChange, request: GraphRequest): Promise<void> {
    const id = await this.allowed(path, request);
    const { managerId } = change.attributes;
    if (managerId !== undefined) await this.rights.requireToSetManager(id, managerId, request.caller);
    await this.commands.execute(new ChangeAccountCommand(id, change, request.context));
  }

  async remove(path: AccountPath, request: GraphRequest): Promise<void> {
    const id = await this.allowed(path, request);
    await this.commands.execute(new DeletePrincipalCommand(id, request.context));
  }

  private async allowed({ segment, type }: AccountPath, { caller }: GraphRequest): Promise<string> {
    const id = await this.objectIds.of(segment, type);
    await this.rights.require(id, caller);
    return id;
  }
}
