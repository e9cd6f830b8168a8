import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Graph, graphPaths, guid, type GraphRequest } from '@pim/platform';
import { DeletePrincipalCommand } from '../delete-principal/delete-principal.handler';
import { DirectoryAnswers } from './directory-answers';
import { GroupDto, NewGroupDto } from './group.dto';
import { GroupRights } from './group-rights';
import { Groups } from './groups';

@Controller(graphPaths('groups'))
export class GroupsController {
  constructor(
    private readonly answers: DirectoryAnswers,
    private readonly rights: GroupRights,
    private readonly groups: Groups,
    private readonly commands: CommandBus,
  ) {}

  @Get()
  list(@Graph() request: GraphRequest): Promise<object> {
    return this.answers.list(request, 'groups');
  }

  @Post()
  @HttpCode(201)
  async create(@Body() body: NewGroupDto, @Graph() request: GraphRequest): Promise<object> {
    await this.rights.requireToCreate(body.isAssignableToRole === true, request.caller);
    const id = await this.groups.create(body, request.context);
    return this.answers.created(request, 'groups', id);
  }

  @Get(':id')
  get(@Graph() request: GraphRequest, @Param('id', guid) id: string): Promise<object> {
    return this.answers.get(request, 'groups', id);
  }

  @Patch(':id')
  @HttpCode(204)
  async patch(@Param('id', guid) id: string, @Body() body: GroupDto, @Graph() request: GraphRequest): Promise<void> {
    await this.rights.requireToChange(id, request.caller);
    await this.groups.change(id, body, request.context);
  }

  /** What it held, and what was activated from it, has ended when this is answered (reference §4.9). */
  @Delete(':id')
  @HttpCode(204)
  async remove(@Param('id', guid) id: string, @Graph() request: GraphRequest): Promise<void> {
    await this.rights.requireToChange(id, request.caller);
    await this.commands.execute(new DeletePrincipalCommand(id, request.context));
  }
}
