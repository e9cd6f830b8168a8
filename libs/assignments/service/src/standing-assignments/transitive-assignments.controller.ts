import { Controller, Get, Headers } from '@nestjs/common';
import { Rejection } from '@pim/kernel';
import type { FilterNode } from '@pim/odata';
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
    const { roleAssignments } = this.schedules;
    const { principalId } = narrowedBy(request, roleAssignments.schema);
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
    const rewrite = async (filter: FilterNode) => widened(filter, principalId, ids);
    return this.reader.list(request, { ...roleAssignments, path, rewrite });
  }
}

/** The filter names the member, and means its groups too; whatever else it says holds for what is found. */
const widened = (node: FilterNode, principalId: string, ids: readonly string[]): FilterNode => {
  if (node.kind === 'and') return { ...node, nodes: node.nodes.map((each) => widened(each, principalId, ids)) };
  const isMember = node.kind === 'compare' && node.op === 'eq' && node.path.join('/') === 'principalId';
  return isMember && node.value === principalId ? { kind: 'in', path: node.path, values: ids } : node;
};
