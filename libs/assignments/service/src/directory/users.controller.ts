import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { Graph, graphPaths, guid, type GraphRequest } from '@pim/platform';
import { Accounts } from './accounts';
import { DirectoryAnswers } from './directory-answers';
import { attributesIn } from './directory-dto';
import { NewObjects } from './new-objects';
import { NewUserDto, userAttributes, UserDto } from './user.dto';

/** People, by object id or user principal name. */
@Controller(graphPaths('users'))
export class UsersController {
  constructor(
    private readonly answers: DirectoryAnswers,
    private readonly newObjects: NewObjects,
    private readonly accounts: Accounts,
  ) {}

  @Get()
  list(@Graph() request: GraphRequest): Promise<object> {
    return this.answers.list(request, 'users');
  }

  @Post()
  @HttpCode(201)
  async create(@Body() body: NewUserDto, @Graph() request: GraphRequest): Promise<object> {
    const { displayName, userPrincipalName, mail = null, accountEnabled } = body;
    const about = { displayName, userPrincipalName, mail, accountEnabled, more: attributesIn(body, userAttributes) };
    const id = await this.newObjects.add('user', about, request.context);
    return this.answers.created(request, 'users', id);
  }

  @Get(':id')
  get(@Graph() request: GraphRequest, @Param('id', guid) id: string): Promise<object> {
    return this.answers.get(request, 'users', id);
  }

  @Patch(':id')
  @HttpCode(204)
  patch(@Param('id', guid) segment: string, @Body() body: UserDto, @Graph() request: GraphRequest): Promise<void> {
    const change = { accountEnabled: body.accountEnabled, attributes: attributesIn(body, userAttributes) };
    return this.accounts.change({ type: 'user', segment }, change, request);
  }

  /** What they held has ended when this is answered; the last administrator stays (reference §4.11). */
  @Delete(':id')
  @HttpCode(204)
  remove(@Param('id', guid) segment: string, @Graph() request: GraphRequest): Promise<void> {
    return this.accounts.remove({ type: 'user', segment }, request);
  }
}
