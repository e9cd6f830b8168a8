import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put } from '@nestjs/common';
import { Graph, type GraphRequest } from '@pim/platform';
import { ScimGroups } from './scim-groups';
import type { Json } from './scim-json';
import { readWish, shownIn } from './scim-list';
import { operationsIn } from './scim-request';
import type { ScimResources } from './scim-resources';
import { ScimUsers } from './scim-users';

/** How RFC 7644 §3 asks for them; Nest finds the routes of a class that controllers extend. */
abstract class ScimController {
  constructor(private readonly resources: ScimResources) {}

  @Get()
  list(@Graph() request: GraphRequest): Promise<Json> {
    return this.resources.list(request, readWish(request.query));
  }

  @Post('.search')
  @HttpCode(200)
  search(@Body() body: Json | undefined, @Graph() request: GraphRequest): Promise<Json> {
    return this.resources.list(request, readWish(body ?? {}));
  }

  @Post()
  @HttpCode(201)
  create(@Body() body: Json | undefined, @Graph() request: GraphRequest): Promise<Json> {
    return this.resources.create(request, body ?? {}, shownIn(request.query));
  }

  @Get(':id')
  get(@Param('id') id: string, @Graph() request: GraphRequest): Promise<Json> {
    return this.resources.get(request, id, shownIn(request.query));
  }

  @Put(':id')
  replace(@Param('id') id: string, @Body() body: Json | undefined, @Graph() request: GraphRequest): Promise<Json> {
    return this.resources.replace(request, id, body ?? {}, shownIn(request.query));
  }

  @Patch(':id')
  patch(@Param('id') id: string, @Body() body: Json | undefined, @Graph() request: GraphRequest): Promise<Json> {
    return this.resources.patch(request, id, operationsIn(body ?? {}), shownIn(request.query));
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@Param('id') id: string, @Graph() request: GraphRequest): Promise<void> {
    return this.resources.remove(request, id);
  }
}

/** People who are provisioned. */
@Controller('scim/v2/Users')
export class ScimUsersController extends ScimController {
  constructor(users: ScimUsers) {
    super(users);
  }
}

/** Groups that are provisioned. */
@Controller('scim/v2/Groups')
export class ScimGroupsController extends ScimController {
  constructor(groups: ScimGroups) {
    super(groups);
  }
}
