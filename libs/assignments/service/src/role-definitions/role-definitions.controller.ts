import { Controller, Get, Param } from '@nestjs/common';
import {
  betaRoleDefinitionSchema,
  Graph,
  graphPaths,
  GraphReader,
  roleDefinitions,
  roleDefinitionSchema,
  type EntitySet,
  type GraphRequest,
} from '@pim/platform';

const v1: EntitySet = {
  path: 'roleManagement/directory/roleDefinitions',
  collection: roleDefinitions.collection,
  schema: roleDefinitionSchema,
  // No built-in role inherits from another here; Graph's own catalogue lists its actions in full.
  expand: { inheritsPermissionsFrom: async (page) => page.map(() => []) },
};

const setOf = ({ version }: GraphRequest): EntitySet =>
  version === 'beta' ? { ...v1, schema: betaRoleDefinitionSchema } : v1;

/** The role catalogue (reference §1.1). */
@Controller(graphPaths('roleManagement/directory/roleDefinitions'))
export class RoleDefinitionsController {
  constructor(private readonly reader: GraphReader) {}

  @Get()
  list(@Graph() request: GraphRequest): Promise<object> {
    return this.reader.list(request, setOf(request));
  }

  @Get(':id')
  get(@Graph() request: GraphRequest, @Param('id') id: string): Promise<object> {
    return this.reader.get(request, setOf(request), id);
  }
}
