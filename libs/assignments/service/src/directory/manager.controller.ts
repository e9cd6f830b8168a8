import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { notFound } from '@pim/assignments/domain';
import { Graph, graphPaths, guid, type GraphRequest } from '@pim/platform';
import { Accounts } from './accounts';
import { DirectoryAnswers } from './directory-answers';
import { ObjectIds } from './object-ids';
import { ReferenceDto } from './other.dto';
import { referredId } from './reference';

/** Who manages whom. Whose manager may be changed by whom is as with everything else about them. */
@Controller(graphPaths(''))
export class ManagerController {
  constructor(
    private readonly answers: DirectoryAnswers,
    private readonly objectIds: ObjectIds,
    private readonly accounts: Accounts,
  ) {}

  @Get('users/:id/manager')
  manager(@Graph() request: GraphRequest, @Param('id', guid) id: string): Promise<object> {
    return this.answers.manager(request, id);
  }

  @Get('me/manager')
  myManager(@Graph() request: GraphRequest): Promise<object> {
    return this.answers.manager(request, request.caller.id);
  }

  @Get('users/:id/directReports')
  directReports(@Graph() request: GraphRequest, @Param('id', guid) id: string): Promise<object> {
    return this.answers.directReports(request, id);
  }

  @Get('me/directReports')
  myDirectReports(@Graph() request: GraphRequest): Promise<object> {
    return this.answers.directReports(request, request.caller.id);
  }

  @Put('users/:id/manager/$ref')
  @HttpCode(204)
  set(@Param('id', guid) segment: string, @Body() body: ReferenceDto, @Graph() request: GraphRequest): Promise<void> {
    return this.change(segment, referredId(body['@odata.id']), request);
  }

  @Delete('users/:id/manager/$ref')
  @HttpCode(204)
  async remove(@Param('id', guid) segment: string, @Graph() request: GraphRequest): Promise<void> {
    const id = await this.objectIds.of(segment, 'user');
    const { attributes } = await this.objectIds.known(id, 'user');
    if (attributes.managerId === null) throw notFound('manager');
    await this.change(id, null, request);
  }

  private change(segment: string, managerId: string | null, request: GraphRequest): Promise<void> {
    return this.accounts.change({ type: 'user', segment }, { attributes: { managerId } }, request);
  }
}
