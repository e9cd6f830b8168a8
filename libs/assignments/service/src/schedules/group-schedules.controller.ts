import { Controller, Get, Param } from '@nestjs/common';
import { Rejection } from '@pim/kernel';
import {
  AssignmentRights,
  Graph,
  graphPaths,
  GraphReader,
  guid,
  requireNarrowed,
  requireOn,
  type EntitySet,
  type GraphRequest,
} from '@pim/platform';
import { GroupMemberships } from './group-memberships';
import { GroupScheduleSets } from './group-schedule-sets';
import type { ScheduleDocument } from './shapes';

const names = [
  'assignmentSchedules',
  'eligibilitySchedules',
  'assignmentScheduleInstances',
  'eligibilityScheduleInstances',
];

/** Who may be in a group and who is: schedules and instances of PIM for Groups (reference §1.9). */
@Controller(graphPaths('identityGovernance/privilegedAccess/group'))
export class GroupSchedulesController {
  constructor(
    private readonly reader: GraphReader,
    private readonly schedules: GroupScheduleSets,
    private readonly memberships: GroupMemberships,
    private readonly rights: AssignmentRights,
  ) {}

  /** Only of one group, or of one principal. */
  @Get(names)
  async list(@Graph() request: GraphRequest): Promise<object> {
    const set = this.setOf(request);
    const narrowed = requireNarrowed(request, set.schema, ['groupId', 'principalId']);
    await this.rights.requireReader(request.caller, { groupId: '', ...narrowed });
    return this.reader.listOf(request, set, await this.memberships.find(set, narrowed, request));
  }

  @Get(names.map((name) => `${name}/filterByCurrentUser/:on`))
  async mine(@Graph() request: GraphRequest, @Param('on') on: string): Promise<object> {
    requireOn(on, ['principal']);
    const set = this.setOf(request);
    const mine = await this.memberships.findMine(set, request.caller.id, request);
    return this.reader.listOf(request, set, mine, { ofFunction: true });
  }

  @Get(names.map((name) => `${name}/:id`))
  async get(@Graph() request: GraphRequest, @Param('id', guid) id: string): Promise<object> {
    const set = this.setOf(request);
    const field = set.schema.properties['id']?.field ?? 'id';
    const found = await this.memberships.find(set, { groupId: id.split('_')[0] ?? '' }, request);
    const document = found.find((one) => Reflect.get(one, field) === id);
    if (!document)
      throw new Rejection('not-found', 'ResourceNotFound', `The resource '${id.slice(0, 120)}' does not exist.`);
    await this.rights.requireReader(request.caller, document);
    return this.reader.single(request, set, document);
  }

  private setOf({ path }: GraphRequest): EntitySet<ScheduleDocument> {
    const set = this.schedules.sets[path[3] ?? ''];
    if (!set) throw new Rejection('not-found', 'Request_ResourceNotFound', 'There is no such collection.');
    return set;
  }
}
