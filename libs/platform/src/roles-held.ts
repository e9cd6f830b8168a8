import { Inject, Injectable } from '@nestjs/common';
import { groupsIn, type GroupView, type RoleHolders, type RoleScheduleState } from '@pim/assignments/domain';
import { accessIdOf, roleScheduleId } from '@pim/contracts';
import type { Documents, Filter, Journal } from '@pim/engine';
import { principalView, roleScheduleView } from './directory-roles';
import { ReadModels } from './read-models';
import { scopedRoles, type ScopedRole } from './scoped-roles.projection';
import { DOCUMENTS, JOURNAL } from './tokens';

/** Where schedules of both kinds are: read models of the assignments service, read here by name. */
const scheduleDocuments = ['assignments.assignments', 'assignments.eligibilities'];

/**
 * Who has what, over all scopes, from the log. Read models only say in which streams to look, and are waited for: what was
 * recorded before the question is in them then. Throws 503 when they do not catch up.
 */
@Injectable()
export class RolesHeld {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(DOCUMENTS) private readonly documents: Documents,
    private readonly readModels: ReadModels,
  ) {}

  /** Everybody who has a role or may activate it, wherever. Costs the number of its scopes and groups. */
  async holdersOf(roleDefinitionId: string): Promise<RoleHolders> {
    const scoped = await this.places(scopedRoles.collection, { roleDefinitionId });
    const guards = await this.guards([{ roleDefinitionId, directoryScopeId: '/' }, ...scoped]);
    const groupIds = [...new Set(guards.flatMap(groupsIn))];
    const groups = await Promise.all(groupIds.map((id) => this.group(id)));
    return { guards, groups: new Map(groups.map((view, index) => [groupIds[index] ?? '', view])) };
  }

  /** The guards of the directory roles that a group has or is eligible for. */
  async guardsOf(groupId: string): Promise<readonly RoleScheduleState[]> {
    const filter = { principalId: groupId };
    const found = await Promise.all(scheduleDocuments.map((collection) => this.places(collection, filter)));
    return this.guards(found.flat().filter(({ roleDefinitionId }) => accessIdOf(roleDefinitionId) === null));
  }

  async group(id: string): Promise<GroupView> {
    const [{ state: group }, { state: memberships }] = await Promise.all([
      this.journal.load(principalView, id),
      this.journal.load(roleScheduleView, roleScheduleId('member', id)),
    ]);
    return { group, memberships };
  }

  private async guards(places: readonly ScopedRole[]): Promise<readonly RoleScheduleState[]> {
    const ids = new Set(places.map((place) => roleScheduleId(place.roleDefinitionId, place.directoryScopeId)));
    const loaded = await Promise.all([...ids].map((id) => this.journal.load(roleScheduleView, id)));
    return loaded.map(({ state }) => state);
  }

  private async places(collection: string, filter: Filter): Promise<readonly ScopedRole[]> {
    await this.readModels.fresh();
    return this.documents.find<ScopedRole>(collection, { filter });
  }
}
