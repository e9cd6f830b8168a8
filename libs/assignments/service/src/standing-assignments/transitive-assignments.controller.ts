import { Controller, Get, Headers } from '@nestjs/common';
import { Rejection } from '@pim/kernel';
import { Graph, GraphReader, narrowedBy, type GraphRequest } from '@pim/platform';
import { Links } from '../directory/links';
import { ScheduleSets } from '../schedules/schedule-sets';

const path = 'roleManagement/directory/transitiveRoleAssignments';

/** What somebody holds themself and through groups; in beta only, and an advanced query there (reference §1.2). */
@Controller(`beta/${path}`)
export class TransitiveAssignmentsController {
  constructor(
    private readonly reader: GraphReader,
    private readonly schedules: ScheduleSets,
    private readonly links: Links,
  ) {}

  @Get()
  async list(@Graph() request: GraphRequest, @Headers('consistencylevel') consistency?: string): Promise<object> {
    const set = { ...this.schedules.roleAssignments, path };
    const { principalId } = narrowedBy(request, set.schema);
    const isCounted = Object.entries(request.query).some(
      ([name, value]) => /^\$?count$/i.test(name) && value === 'true',
    );
    if (principalId === undefined || consistency?.toLowerCase() !== 'eventual' || !isCounted)
      throw new Rejection(
        'invalid',
        'Request_UnsupportedQuery',
        "Send the header ConsistencyLevel: eventual, $count=true and $filter=principalId eq '…'.",
      );
    const [principal] = await this.links.find({ id: principalId });
    const around = principal ? await this.links.collectives(principal) : [];
    const ids = [principalId, ...around.map(({ id }) => id)];
    return this.reader.list(withoutFilter(request), set, { where: { principalId: { $in: ids } } });
  }
}

/** The filter names the member, and would leave out what its groups hold. */
const withoutFilter = (request: GraphRequest): GraphRequest => ({
  ...request,
  query: Object.fromEntries(Object.entries(request.query).filter(([name]) => !/^\$?filter$/i.test(name))),
});
