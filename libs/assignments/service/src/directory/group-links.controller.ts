import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { Graph, graphPaths, guid, type GraphRequest } from '@pim/platform';
import { DirectoryAnswers } from './directory-answers';
import { GroupLinks } from './group-links';
import { GroupRights } from './group-rights';
import { ReferenceDto } from './other.dto';
import { referredId } from './reference';
import { TransitiveMembers } from './transitive-members';

type Kind = 'members' | 'owners';

/** Members and owners of groups. */
@Controller(graphPaths('groups/:id'))
export class GroupLinksController {
  constructor(
    private readonly answers: DirectoryAnswers,
    private readonly rights: GroupRights,
    private readonly links: GroupLinks,
    private readonly transitive: TransitiveMembers,
  ) {}

  @Get(['members', 'members/:cast'])
  async members(
    @Graph() request: GraphRequest,
    @Param('id', guid) id: string,
    @Param('cast') cast?: string,
  ): Promise<object> {
    return this.answers.objects(request, await this.answers.idsIn(request, id, 'member'), cast);
  }

  @Get('owners')
  async owners(@Graph() request: GraphRequest, @Param('id', guid) id: string): Promise<object> {
    return this.answers.objects(request, await this.answers.idsIn(request, id, 'owner'));
  }

  @Get(['transitiveMembers', 'transitiveMembers/:cast'])
  transitiveMembers(
    @Graph() request: GraphRequest,
    @Param('id', guid) id: string,
    @Param('cast') cast?: string,
  ): Promise<object> {
    return this.transitive.list(request, id, cast);
  }

  @Post(['members/$ref', 'owners/$ref'])
  @HttpCode(204)
  async add(
    @Param('id', guid) groupId: string,
    @Body() body: ReferenceDto,
    @Graph() request: GraphRequest,
  ): Promise<void> {
    await this.rights.requireToChange(groupId, request.caller);
    await this.links.add({ groupId, kind: kindIn(request) }, referredId(body['@odata.id']), request.context);
  }

  /** What was activated through the group has ended when this is answered (reference §4.9). */
  @Delete(['members/:linkId/$ref', 'owners/:linkId/$ref'])
  @HttpCode(204)
  async remove(
    @Param('id', guid) groupId: string,
    @Param('linkId', guid) id: string,
    @Graph() request: GraphRequest,
  ): Promise<void> {
    await this.rights.requireToChange(groupId, request.caller);
    await this.links.remove({ groupId, kind: kindIn(request) }, id, request.context);
  }
}

/** The route as it is registered: `groups/:id/members/…`. */
const kindIn = ({ path }: GraphRequest): Kind => (path[2] === 'owners' ? 'owners' : 'members');
