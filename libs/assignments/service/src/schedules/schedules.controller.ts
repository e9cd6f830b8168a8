import { Controller, Get, Inject, Param } from '@nestjs/common';
import type { Documents } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import {
  DOCUMENTS,
  Graph,
  graphPaths,
  GraphReader,
  principals,
  requireOn,
  type EntitySet,
  type GraphRequest,
} from '@pim/platform';
import { ScheduleSets } from './schedule-sets';

const mine = [
  'roleAssignmentSchedules',
  'roleEligibilitySchedules',
  'roleAssignmentScheduleInstances',
  'roleEligibilityScheduleInstances',
];
const all = ['roleAssignments', ...mine];

/** Who may hold a role and who holds it: schedules, instances and role assignments. */
@Controller(graphPaths('roleManagement/directory'))
export class SchedulesController {
  constructor(
    private readonly reader: GraphReader,
    private readonly schedules: ScheduleSets,
    @Inject(DOCUMENTS) private readonly documents: Documents,
  ) {}

  @Get(all)
  list(@Graph() request: GraphRequest): Promise<object> {
    return this.reader.list(request, this.setOf(request));
  }

  @Get(mine.map((name) => `${name}/filterByCurrentUser/:on`))
  async mine(@Graph() request: GraphRequest, @Param('on') on: string): Promise<object> {
    requireOn(on, ['principal']);
    const set = this.setOf(request);
    const me = request.caller.id;
    if (!set.path.endsWith('Instances'))
      return this.reader.list(request, set, { where: { principalId: me }, ofFunction: true });
    const groups = await this.documents.find<{ id: string }>(principals.collection, { filter: { members: me } });
    const where = { principalId: { $in: [me, ...groups.map(({ id }) => id)] } };
    return this.reader.list(request, throughGroups(set, me), { where, ofFunction: true });
  }

  @Get(all.map((name) => `${name}/:id`))
  get(@Graph() request: GraphRequest, @Param('id') id: string): Promise<object> {
    return this.reader.get(request, this.setOf(request), id);
  }

  private setOf({ path }: GraphRequest): EntitySet {
    const set = this.schedules.sets[path[2] ?? ''];
    if (!set) throw new Rejection('not-found', 'Request_ResourceNotFound', 'There is no such collection.');
    return set;
  }
}

/** What a group of the caller's holds is the caller's too: their own id, `memberType` Group (reference §1.6). */
const throughGroups = (set: EntitySet, me: string): EntitySet => ({
  ...set,
  entity: (document, request) => {
    const entity = (set.entity?.(document, request) ?? document) as { readonly principalId?: unknown };
    return entity.principalId === me ? entity : { ...entity, principalId: me, memberType: 'Group' };
  },
});
