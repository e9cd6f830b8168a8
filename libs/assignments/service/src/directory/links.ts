import { Inject, Injectable } from '@nestjs/common';
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

/** Which way to go: from a group to what is in it, or from a member to what it is in. */
type Step = (wave: readonly DirectoryObject[]) => Filter;

const inside: Step = (wave) => ({ id: { $in: wave.flatMap(({ members }) => members) } });
const around: Step = (wave) => ({ members: { $in: wave.map(({ id }) => id) } });

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

  /** Everything in a group, directly and through groups in it, in circles or not. */
  members(group: DirectoryObject): Promise<readonly DirectoryObject[]> {
    return this.reach(group, inside);
  }

  /** Every group and unit that somebody is in, directly and through groups. */
  collectives(member: DirectoryObject): Promise<readonly DirectoryObject[]> {
    return this.reach(member, around);
  }

  private async reach(from: DirectoryObject, step: Step): Promise<readonly DirectoryObject[]> {
    const seen = new Map<string, DirectoryObject>();
    for (let wave: readonly DirectoryObject[] = [from]; wave.length > 0;) {
      const found = await this.find(step(wave));
      wave = found.filter(({ id }) => id !== from.id && !seen.has(id));
      for (const one of wave) seen.set(one.id, one);
    }
    return [...seen.values()];
  }

  /** The built-in roles that these principals hold now for the whole tenant. */
  async rolesOf(principalIds: readonly string[]): Promise<readonly RoleDefinitionDocument[]> {
    const held = await this.heldNow({ principalId: { $in: principalIds } });
    const filter = { id: { $in: held.map(({ roleDefinitionId }) => roleDefinitionId) }, isBuiltIn: true };
    return this.documents.find<RoleDefinitionDocument>(roleDefinitions.collection, { filter });
  }

  /** Ids of whoever holds a role now for the whole tenant, groups as groups. */
  async holdersOf(roleDefinitionId: string): Promise<readonly string[]> {
    const held = await this.heldNow({ roleDefinitionId });
    return [...new Set(held.map(({ principalId }) => principalId))];
  }

  private heldNow(about: Filter): Promise<readonly AssignmentDocument[]> {
    const filter = { $and: [about, { directoryScopeId: '/' }, inEffect(this.clock.now())] };
    return this.documents.find<AssignmentDocument>(assignmentDocuments.collection, { filter });
  }
}
