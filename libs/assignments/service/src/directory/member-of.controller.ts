import { Controller, Get, Param } from '@nestjs/common';
import { Graph, graphPaths, guid, type GraphRequest } from '@pim/platform';
import { DirectoryAnswers } from './directory-answers';
import { MemberOf } from './member-of';

const places = ['memberOf', 'memberOf/:cast', 'transitiveMemberOf', 'transitiveMemberOf/:cast'];
const under = (path: string): string[] => places.map((place) => `${path}/${place}`);

type SetName = 'users' | 'groups' | 'servicePrincipals';

/** What somebody is in: groups, units and directory roles; `/microsoft.graph.group` at the end narrows it. */
@Controller(graphPaths(''))
export class MemberOfController {
  constructor(
    private readonly answers: DirectoryAnswers,
    private readonly memberOf: MemberOf,
  ) {}

  @Get('me')
  me(@Graph() request: GraphRequest): Promise<object> {
    return this.answers.get(request, 'users', request.caller.id);
  }

  @Get(under('me'))
  ofMe(@Graph() request: GraphRequest, @Param('cast') cast?: string): Promise<object> {
    return this.of(request, 'users', request.caller.id, cast);
  }

  @Get([...under('users/:id'), ...under('groups/:id'), ...under('servicePrincipals/:id')])
  ofOne(@Graph() request: GraphRequest, @Param('id', guid) id: string, @Param('cast') cast?: string): Promise<object> {
    return this.of(request, request.path[0] as SetName, id, cast);
  }

  private async of(request: GraphRequest, name: SetName, id: string, cast?: string): Promise<object> {
    const one = await this.answers.find(request, name, id);
    return this.memberOf.list(request, one, request.path.includes('transitiveMemberOf'), cast);
  }
}
