import { Inject, Injectable } from '@nestjs/common';
import {
  badRequest,
  notFound,
  type CreateRoleDefinition,
  type DeleteRoleDefinition,
  type RoleDefinitionState,
  type UpdateRoleDefinition,
} from '@pim/assignments/domain';
import { customRolesId, type RoleDefinitionEvent } from '@pim/contracts';
import type { Clock, CommandContext, Journal } from '@pim/engine';
import { CLOCK, JOURNAL, roleDefinitionOf } from '@pim/platform';
import { roleDefinitionAggregate } from '../streams';

type Command = CreateRoleDefinition | UpdateRoleDefinition | DeleteRoleDefinition;

/** The stream of custom roles, for whoever changes one: from the log, never from a read model. */
@Injectable()
export class CustomRoles {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  get now(): string {
    return this.clock.now();
  }

  /** Any role, built in or custom. */
  load(id: string): Promise<RoleDefinitionState> {
    return roleDefinitionOf(this.journal, id);
  }

  /** Throws `Request_ResourceNotFound` for a role that is not there, `Request_BadRequest` for one that is built in. */
  async require(id: string): Promise<void> {
    const role = await this.load(id);
    if (role.status !== 'known') throw notFound(id);
    if (role.isBuiltIn)
      throw badRequest('A built-in role cannot be changed or deleted. Create a custom role with the actions you need.');
  }

  /** What was recorded. Throws what the rules refuse. */
  async execute(command: Command, context: CommandContext): Promise<readonly RoleDefinitionEvent[]> {
    return (await this.journal.execute(roleDefinitionAggregate, customRolesId, command, context)).events;
  }
}
