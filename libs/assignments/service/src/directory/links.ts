import { Inject, Injectable } from '@nestjs/common';
import type { AccessId } from '@pim/contracts';
import type { Clock, Documents, Filter } from '@pim/engine';
import {
  CLOCK,
  DOCUMENTS,
  principals,
  roleDefinitions,
  type DirectoryObject,
  type RoleDefinitionDocument,
} from '@pim/platform';
import { assignmentDocuments, type AssignmentDocument } from '../schedules/assignment-documents.projection';
import { inEffect } from '../schedules/schedule-sets';

/** From a group to what is in it, or from a member to what it is in. */
type Step = (wave: readonly DirectoryObject[]) => Promise<readonly DirectoryObject[]>;

/** Who is in what, and who holds a directory role now. From read models: for answers, never for decisions. */
@Injectable()
export class Links {
  constructor(
    @Inject(DOCUMENTS) private readonly documents: Documents,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  find(filter: Filter): Promise<readonly DirectoryObject[]> {
    return this.documents.find<DirectoryObject>(principals.collection, { filter });
  }

  /** Ids of whoever is in a group now, or owns it: the directory's own, and those PIM for Groups has active. */
  async idsIn(group: DirectoryObject, accessId: AccessId): Promise<readonly string[]> {
    const active = await this.heldNow({ roleDefinitionId: accessId, directoryScopeId: group.id });
    const own = accessId === 'member' ? group.members : group.owners;
    return [...new Set([...own, ...active.map(({ principalId }) => principalId)])];
  }

  /** The groups and units that these are in now. */
  async around(ids: readonly string[]): Promise<readonly DirectoryObject[]> {
    const active = await this.heldNow({ roleDefinitionId: 'member', principalId: { $in: ids } });
    const groups = active.map(({ directoryScopeId }) => directoryScopeId);
    return this.find({ $or: [{ members: { $in: ids } }, { id: { $in: groups } }] });
  }

  /** Everything in a group, directly and through groups in it, in circles or not. */
  members(group: DirectoryObject): Promise<readonly DirectoryObject[]> {
    return this.reach(group, async (wave) => {
      const ids = await Promise.all(wave.map((one) => this.idsIn(one, 'member')));
      return this.find({ id: { $in: ids.flat() } });
    });
  }

  /** Every group and unit that somebody is in, directly and through groups. */
  collectives(member: DirectoryObject): Promise<readonly DirectoryObject[]> {
    return this.reach(member, (wave) => this.around(wave.map(({ id }) => id)));
  }

  private async reach(from: DirectoryObject, step: Step): Promise<readonly DirectoryObject[]> {
    const seen = new Map<string, DirectoryObject>();
    for (let wave: readonly DirectoryObject[] = [from]; wave.length > 0;) {
      const found = await step(wave);
      wave = found.filter(({ id }) => id !== from.id && !seen.has(id));
      for (const one of wave) seen.set(one.id, one);
    }
    return [...seen.values()];
  }

  /** The built-in roles that these principals hold now for the whole tenant. */
  async rolesOf(principalIds: readonly string[]): Promise<readonly RoleDefinitionDocument[]> {
    const held = await this.heldNow({ principalId: { $in: principalIds }, directoryScopeId: '/' });
    const filter = { id: { $in: held.map(({ roleDefinitionId }) => roleDefinitionId) }, isBuiltIn: true };
    return this.documents.find<RoleDefinitionDocument>(roleDefinitions.collection, { filter });
  }

  /** Ids of whoever holds a role now for the whole tenant, groups as groups. */
  async holdersOf(roleDefinitionId: string): Promise<readonly string[]> {
    const held = await this.heldNow({ roleDefinitionId, directoryScopeId: '/' });
    return [...new Set(held.map(({ principalId }) => principalId))];
  }

  private heldNow(about: Filter): Promise<readonly AssignmentDocument[]> {
    const filter = { $and: [about, inEffect(this.clock.now())] };
    return this.documents.find<AssignmentDocument>(assignmentDocuments.collection, { filter });
  }
}
