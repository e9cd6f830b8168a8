import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { Graph, graphPaths, guid, type GraphRequest } from '@pim/platform';
import { DirectoryAnswers } from './directory-answers';
import { GroupLinks } from './group-links';
import { AdministrativeUnits } from './administrative-units';
import { AdministrativeUnitDto, NewAdministrativeUnitDto, ReferenceDto } from './other.dto';
import { referredId } from './reference';

/** Administrative units: what a role may be limited to (reference §4.6). */
@Controller([...graphPaths('administrativeUnits'), ...graphPaths('directory/administrativeUnits')])
export class AdministrativeUnitsController {
  constructor(
    private readonly answers: DirectoryAnswers,
    private readonly units: AdministrativeUnits,
    private readonly links: GroupLinks,
  ) {}

  @Get()
  list(@Graph() request: GraphRequest): Promise<object> {
    return this.answers.list(request, 'administrativeUnits');
  }

  @Post()
  @HttpCode(201)
  async create(@Body() body: NewAdministrativeUnitDto, @Graph() request: GraphRequest): Promise<object> {
    const id = await this.units.create(body, request.context);
    return this.answers.created(request, 'administrativeUnits', id);
  }

  @Get(':id')
  get(@Graph() request: GraphRequest, @Param('id', guid) id: string): Promise<object> {
    return this.answers.get(request, 'administrativeUnits', id);
  }

  @Patch(':id')
  @HttpCode(204)
  patch(
    @Param('id', guid) id: string,
    @Body() body: AdministrativeUnitDto,
    @Graph() { context }: GraphRequest,
  ): Promise<void> {
    return this.units.change(id, body, context);
  }

  /** What was held at it as a scope has ended when this is answered. */
  @Delete(':id')
  @HttpCode(204)
  remove(@Param('id', guid) id: string, @Graph() { context }: GraphRequest): Promise<void> {
    return this.units.remove(id, context);
  }

  @Get([':id/members', ':id/members/:cast'])
  async members(
    @Graph() request: GraphRequest,
    @Param('id', guid) id: string,
    @Param('cast') cast?: string,
  ): Promise<object> {
    const { members } = await this.answers.find(request, 'administrativeUnits', id);
    return this.answers.objects(request, members, cast);
  }

  @Post(':id/members/$ref')
  @HttpCode(204)
  async add(
    @Param('id', guid) id: string,
    @Body() body: ReferenceDto,
    @Graph() { context }: GraphRequest,
  ): Promise<void> {
    await this.links.add(await this.units.membersOf(id), referredId(body['@odata.id']), context);
  }

  @Delete(':id/members/:memberId/$ref')
  @HttpCode(204)
  async removeMember(
    @Param('id', guid) id: string,
    @Param('memberId', guid) memberId: string,
    @Graph() { context }: GraphRequest,
  ): Promise<void> {
    await this.links.remove(await this.units.membersOf(id), memberId, context);
  }
}
