import { Controller, Get, Param } from '@nestjs/common';
import {
  AssignmentRights,
  Graph,
  graphPaths,
  GraphReader,
  guid,
  requireNarrowed,
  requireOn,
  type GraphRequest,
} from '@pim/platform';
import { Interest } from './interest';
import { RequestSets } from './request-sets';

const roles = ['Assignment', 'Eligibility'].map((kind) => `roleManagement/directory/role${kind}ScheduleRequests`);
const groups = ['assignment', 'eligibility'].map(
  (kind) => `identityGovernance/privilegedAccess/group/${kind}ScheduleRequests`,
);
const sets = [...roles, ...groups];

/** Schedule requests as history (reference §1.3, §1.4, §1.9). */
@Controller(graphPaths(''))
export class ScheduleRequestsController {
  constructor(
    private readonly reader: GraphReader,
    private readonly requests: RequestSets,
    private readonly interest: Interest,
    private readonly rights: AssignmentRights,
  ) {}

  @Get(roles)
  list(@Graph() request: GraphRequest): Promise<object> {
    return this.reader.list(request, this.requests.of(request));
  }

  /** Only of one group, or of one principal (reference §1.9). */
  @Get(groups)
  async listOfGroups(@Graph() request: GraphRequest): Promise<object> {
    const set = this.requests.of(request);
    const narrowed = requireNarrowed(request, set.schema, ['groupId', 'principalId']);
    await this.rights.requireReader(request.caller, { groupId: '', ...narrowed });
    return this.reader.list(request, set);
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
