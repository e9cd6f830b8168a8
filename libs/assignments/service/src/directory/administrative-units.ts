import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { CommandContext } from '@pim/engine';
import { DeletePrincipalCommand } from '../delete-principal/delete-principal.handler';
import { ChangeAttributesCommand } from '../principals/change-attributes.handler';
import { attributesIn } from './directory-dto';
import type { Link } from './group-links';
import { NewObjects } from './new-objects';
import { ObjectIds } from './object-ids';
import type { AdministrativeUnitDto, NewAdministrativeUnitDto } from './other.dto';

/** Creates, changes and deletes administrative units. Throws `Request_ResourceNotFound` for what is none. */
@Injectable()
export class AdministrativeUnits {
  constructor(
    private readonly commands: CommandBus,
    private readonly newObjects: NewObjects,
    private readonly objectIds: ObjectIds,
  ) {}

  create(body: NewAdministrativeUnitDto, context: CommandContext): Promise<string> {
    const { displayName } = body;
    const more = attributesIn(body, ['description', 'visibility']);
    return this.newObjects.add('administrativeUnit', { displayName, more }, context);
  }

  async change(id: string, body: AdministrativeUnitDto, context: CommandContext): Promise<void> {
    await this.objectIds.known(id, 'administrativeUnit');
    const attributes = attributesIn(body, ['displayName', 'description', 'visibility']);
    await this.commands.execute(new ChangeAttributesCommand(id, attributes, context));
  }

  async remove(id: string, context: CommandContext): Promise<void> {
    await this.objectIds.known(id, 'administrativeUnit');
    await this.commands.execute(new DeletePrincipalCommand(id, context));
  }

  async membersOf(groupId: string): Promise<Link> {
    await this.objectIds.known(groupId, 'administrativeUnit');
    return { groupId, kind: 'members' };
  }
}
