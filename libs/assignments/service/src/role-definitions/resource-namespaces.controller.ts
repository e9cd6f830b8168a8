import { Controller, Get, Param } from '@nestjs/common';
import { Graph, graphPaths, type GraphRequest } from '@pim/platform';
import { ResourceNamespaces } from './resource-namespaces';

/** What a custom role may allow (reference §1.1). */
@Controller(graphPaths('roleManagement/directory/resourceNamespaces'))
export class ResourceNamespacesController {
  constructor(private readonly namespaces: ResourceNamespaces) {}

  @Get()
  list(@Graph() request: GraphRequest): Promise<object> {
    return this.namespaces.list(request);
  }

  @Get(':id')
  get(@Graph() request: GraphRequest, @Param('id') id: string): Promise<object> {
    return this.namespaces.get(request, id);
  }

  @Get(':id/resourceActions')
  actions(@Graph() request: GraphRequest, @Param('id') id: string): Promise<object> {
    return this.namespaces.actions(request, id);
  }

  @Get(':id/resourceActions/:actionId')
  action(
    @Graph() request: GraphRequest,
    @Param('id') id: string,
    @Param('actionId') actionId: string,
  ): Promise<object> {
    return this.namespaces.action(request, id, actionId);
  }
}
