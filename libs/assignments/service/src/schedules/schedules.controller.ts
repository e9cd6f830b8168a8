import { Controller, Get, Inject, Param } from '@nestjs/common';
import type { Clock, Documents } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import {
  CLOCK,
  DOCUMENTS,
  Graph,
  graphPaths,
  GraphReader,
  requireOn,
  selfAndGroups,
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
    @Inject(CLOCK) private readonly clock: Clock,
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
    return this.reader.listOf(request, set, await this.instancesOf(me, set, request), { ofFunction: true });
  }

  /** What somebody has themself and what a group of theirs has, as theirs: their own id, `memberType` Group (reference §1.6). */
  private async instancesOf(me: string, set: EntitySet, request: GraphRequest): Promise<readonly object[]> {
    const theirs = { principalId: { $in: await selfAndGroups(this.documents, me, this.clock.now()) } };
    const filter = { $and: [theirs, set.where?.(request) ?? {}] };
    const found = await this.documents.find<{ principalId: string }>(set.collection, { filter });
    return found.map((document) =>
      document.principalId === me ? document : { ...document, principalId: me, memberType: 'Group' },
    );
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
