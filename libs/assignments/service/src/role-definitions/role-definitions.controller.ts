import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { idUnder } from '@pim/engine';
import { Graph, graphPaths, GraphReader, guid, type GraphRequest } from '@pim/platform';
import { CreateRoleDefinitionCommand } from './create-role-definition.handler';
import { DeleteRoleDefinitionCommand } from './delete-role-definition.handler';
import { changesIn, newRoleIn, NewRoleDefinitionDto, RoleDefinitionDto } from './role-definition.dto';
import { RoleDefinitionSets } from './role-definition-sets';
import { UpdateRoleDefinitionCommand } from './update-role-definition.handler';

/** The role catalogue (reference §1.1). */
@Controller(graphPaths('roleManagement/directory/roleDefinitions'))
export class RoleDefinitionsController {
  constructor(
    private readonly reader: GraphReader,
    private readonly sets: RoleDefinitionSets,
    private readonly commands: CommandBus,
  ) {}

  @Get()
  list(@Graph() request: GraphRequest): Promise<object> {
    return this.reader.list(request, this.sets.of(request));
  }

  /** A `templateId` that the client chose becomes the id. */
  @Post()
  @HttpCode(201)
  async create(@Body() body: NewRoleDefinitionDto, @Graph() request: GraphRequest): Promise<object> {
    const id = body.templateId?.toLowerCase() ?? idUnder(request.context);
    await this.commands.execute(new CreateRoleDefinitionCommand(id, newRoleIn(body), request.context));
    return this.reader.fresh({ ...request, query: {} }, this.sets.of(request), id);
  }

  @Get(':id')
  get(@Graph() request: GraphRequest, @Param('id', guid) id: string): Promise<object> {
    return this.reader.get(request, this.sets.of(request), id);
  }

  @Patch(':id')
  @HttpCode(204)
  async patch(@Param('id', guid) id: string, @Body() body: RoleDefinitionDto, @Graph() request: GraphRequest) {
    await this.commands.execute(new UpdateRoleDefinitionCommand(id, changesIn(body, id), request.context));
  }

  @Delete(':id')
  @HttpCode(204)
  async remove(@Param('id', guid) id: string, @Graph() request: GraphRequest): Promise<void> {
    await this.commands.execute(new DeleteRoleDefinitionCommand(id, request.context));
  }
}
