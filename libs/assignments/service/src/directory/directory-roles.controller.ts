import { Controller, Get, Param } from '@nestjs/common';
import { Graph, graphPaths, GraphReader, guid, type GraphRequest } from '@pim/platform';
import { DirectoryAnswers } from './directory-answers';
import { directoryRoles, directoryRoleTemplates } from './directory-sets';
import { Links } from './links';

/** `directoryRoles(roleTemplateId='…')` arrives as `roletemplateid=…`; here both ids are the same. */
const idIn = (segment: string): string => segment.replace(/^roletemplateid=/, '');

/** The built-in roles as old scripts know them (reference §1.13). */
@Controller(graphPaths(''))
export class DirectoryRolesController {
  constructor(
    private readonly reader: GraphReader,
    private readonly links: Links,
    private readonly answers: DirectoryAnswers,
  ) {}

  @Get('directoryRoles')
  roles(@Graph() request: GraphRequest): Promise<object> {
    return this.reader.list(request, directoryRoles);
  }

  @Get('directoryRoles/:id')
  role(@Graph() request: GraphRequest, @Param('id', guid) segment: string): Promise<object> {
    return this.reader.get(request, directoryRoles, idIn(segment));
  }

  /** Whoever holds it now for the whole tenant, by a standing assignment or an activation; groups as groups. */
  @Get('directoryRoles/:id/members')
  async members(@Graph() request: GraphRequest, @Param('id', guid) segment: string): Promise<object> {
    const { id } = await this.reader.find(request, directoryRoles, { id: idIn(segment) }, segment);
    return this.answers.objects(request, await this.links.holdersOf(id));
  }

  @Get('directoryRoleTemplates')
  templates(@Graph() request: GraphRequest): Promise<object> {
    return this.reader.list(request, directoryRoleTemplates);
  }

  @Get('directoryRoleTemplates/:id')
  template(@Graph() request: GraphRequest, @Param('id', guid) id: string): Promise<object> {
    return this.reader.get(request, directoryRoleTemplates, id);
  }
}
