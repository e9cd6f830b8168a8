import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { Graph, graphPaths, guid, type GraphRequest } from '@pim/platform';
import { Accounts } from './accounts';
import { DirectoryAnswers } from './directory-answers';
import { attributesIn } from './directory-dto';
import { NewObjects } from './new-objects';
import { NewServicePrincipalDto, ServicePrincipalDto } from './other.dto';

/** Applications, by object id or `servicePrincipals(appId='…')`. */
@Controller(graphPaths('servicePrincipals'))
export class ServicePrincipalsController {
  constructor(
    private readonly answers: DirectoryAnswers,
    private readonly newObjects: NewObjects,
    private readonly accounts: Accounts,
  ) {}

  @Get()
  list(@Graph() request: GraphRequest): Promise<object> {
    return this.answers.list(request, 'servicePrincipals');
  }

  @Post()
  @HttpCode(201)
  async create(@Body() body: NewServicePrincipalDto, @Graph() request: GraphRequest): Promise<object> {
    const appId = body.appId.toLowerCase();
    const { accountEnabled = true, displayName, description = null } = body;
    const about = { appId, accountEnabled, displayName: displayName ?? appId, more: { description } };
    const id = await this.newObjects.add('servicePrincipal', about, request.context);
    return this.answers.created(request, 'servicePrincipals', id);
  }

  @Get(':id')
  get(@Graph() request: GraphRequest, @Param('id', guid) id: string): Promise<object> {
    return this.answers.get(request, 'servicePrincipals', id);
  }

  @Patch(':id')
  @HttpCode(204)
  patch(
    @Param('id', guid) segment: string,
    @Body() body: ServicePrincipalDto,
    @Graph() request: GraphRequest,
  ): Promise<void> {
    const { accountEnabled } = body;
    const change = { accountEnabled, attributes: attributesIn(body, ['displayName', 'description']) };
    return this.accounts.change({ type: 'servicePrincipal', segment }, change, request);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@Param('id', guid) segment: string, @Graph() request: GraphRequest): Promise<void> {
    return this.accounts.remove({ type: 'servicePrincipal', segment }, request);
  }
}
