import { Controller, Get, Param } from '@nestjs/common';
import { Graph, graphPaths, GraphReader, guid, requireOn, type GraphRequest } from '@pim/platform';
import { Interest } from './interest';
import { RequestSets } from './request-sets';

const sets = ['roleAssignmentScheduleRequests', 'roleEligibilityScheduleRequests'];

/** Schedule requests as history (reference §1.3, §1.4). */
@Controller(graphPaths('roleManagement/directory'))
export class ScheduleRequestsController {
  constructor(
    private readonly reader: GraphReader,
    private readonly requests: RequestSets,
    private readonly interest: Interest,
  ) {}

  @Get(sets)
  list(@Graph() request: GraphRequest): Promise<object> {
    return this.reader.list(request, this.requests.of(request));
  }

  @Get(sets.map((set) => `${set}/filterByCurrentUser/:on`))
  async mine(@Param('on') on: string, @Graph() request: GraphRequest): Promise<object> {
    const relation = requireOn(on, ['principal', 'createdBy', 'approver']);
    const where = await this.interest.filter(relation, request.caller.id);
    return this.reader.list(request, this.requests.of(request), { where, ofFunction: true });
  }

  @Get(sets.map((set) => `${set}/:id`))
  async get(@Param('id', guid) id: string, @Graph() request: GraphRequest): Promise<object> {
    const set = this.requests.of(request);
    const document = await this.reader.find(request, set, { id }, id);
    await this.interest.require(request.caller, document);
    return this.reader.single(request, set, document);
  }
}
