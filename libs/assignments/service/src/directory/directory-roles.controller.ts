import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { idUnder } from '@pim/engine';
import { Graph, graphPaths, GraphReader, guid, type GraphRequest, type RoleDefinitionDocument } from '@pim/platform';
import { AssignStandingCommand, RemoveStandingCommand } from '../standing-assignments/standing-assignments.handlers';
import { DirectoryAnswers } from './directory-answers';
import { directoryRoles, directoryRoleTemplates } from './directory-sets';
import { ReferenceDto } from './other.dto';
import { referredId } from './reference';
import { RoleMembers } from './role-members';

/** `directoryRoles(roleTemplateId='…')` arrives as `roletemplateid=…`; here both ids are the same. */
const idIn = (segment: string): string => segment.replace(/^roletemplateid=/, '');

/** The built-in roles as old scripts know them (reference §1.13). */
@Controller(graphPaths(''))
export class DirectoryRolesController {
  constructor(
    private readonly reader: GraphReader,
    private readonly answers: DirectoryAnswers,
    private readonly holders: RoleMembers,
    private readonly commands: CommandBus,
  ) {}

  @Get('directoryRoles')
  roles(@Graph() request: GraphRequest): Promise<object> {
    return this.reader.list(request, this.holders.set);
  }

  @Get('directoryRoles/:id')
  role(@Graph() request: GraphRequest, @Param('id', guid) segment: string): Promise<object> {
    return this.reader.get(request, this.holders.set, idIn(segment));
  }

  /** Whoever holds it now for the whole tenant, by a standing assignment or an activation; groups as groups. */
  @Get(['directoryRoles/:id/members', 'directoryRoles/:id/members/:cast'])
  async members(
    @Graph() request: GraphRequest,
    @Param('id', guid) segment: string,
    @Param('cast') cast?: string,
  ): Promise<object> {
    const { id } = await this.find(request, segment);
    return this.answers.objects(request, await this.holders.idsOf(id), cast);
  }

  /** A standing assignment for the whole tenant, as by `roleAssignments` (reference §1.2). */
  @Post('directoryRoles/:id/members/$ref')
  @HttpCode(204)
  async add(
    @Graph() request: GraphRequest,
    @Param('id', guid) segment: string,
    @Body() body: ReferenceDto,
  ): Promise<void> {
    const about = await this.heldBy(request, segment, referredId(body['@odata.id']));
    await this.commands.execute(new AssignStandingCommand(idUnder(request.context), about, request.context));
  }

  /** Ends all that the member holds of it for the whole tenant, activated or not; what they are eligible for stays. */
  @Delete('directoryRoles/:id/members/:memberId/$ref')
  @HttpCode(204)
  async remove(
    @Graph() request: GraphRequest,
    @Param('id', guid) segment: string,
    @Param('memberId', guid) memberId: string,
  ): Promise<void> {
    const about = await this.heldBy(request, segment, memberId);
    await this.commands.execute(new RemoveStandingCommand(null, about, idUnder(request.context), request.context));
  }

  @Get('directoryRoleTemplates')
  templates(@Graph() request: GraphRequest): Promise<object> {
    return this.reader.list(request, directoryRoleTemplates);
  }

  @Get('directoryRoleTemplates/:id')
  template(@Graph() request: GraphRequest, @Param('id', guid) id: string): Promise<object> {
    return this.reader.get(request, directoryRoleTemplates, id);
  }

  private find(request: GraphRequest, segment: string): Promise<RoleDefinitionDocument> {
    return this.reader.find(request, directoryRoles, { id: idIn(segment) }, segment);
  }

  private async heldBy(request: GraphRequest, segment: string, principalId: string) {
    const { id } = await this.find(request, segment);
    return { principalId, roleDefinitionId: id, directoryScopeId: '/' };
  }
}
