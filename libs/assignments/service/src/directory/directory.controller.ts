import { Controller, Get, Param } from '@nestjs/common';
import {
  directoryObject,
  directoryObjectSchema,
  Graph,
  graphPaths,
  GraphReader,
  groupSchema,
  principals,
  servicePrincipalSchema,
  userSchema,
  type DirectoryObject,
  type EntitySet,
  type GraphRequest,
} from '@pim/platform';

const setOf = (path: string, principalType: string, schema: EntitySet['schema']): EntitySet<DirectoryObject> => ({
  path,
  collection: principals.collection,
  schema,
  where: () => ({ principalType }),
  expand: {},
});

const users = setOf('users', 'user', userSchema);
const servicePrincipals = setOf('servicePrincipals', 'servicePrincipal', servicePrincipalSchema);
const groups: EntitySet<DirectoryObject> = {
  ...setOf('groups', 'group', groupSchema),
  entity: (document) => ({ ...document, securityEnabled: true }),
};
const members: EntitySet<DirectoryObject> = {
  path: 'directoryObjects',
  collection: principals.collection,
  schema: directoryObjectSchema,
  entity: directoryObject,
  expand: {},
};

/** Look-ups that clients make around PIM (reference §1.13). */
@Controller(graphPaths(''))
export class DirectoryController {
  constructor(private readonly reader: GraphReader) {}

  @Get('me')
  me(@Graph() request: GraphRequest): Promise<object> {
    return this.reader.get(request, users, request.caller.id);
  }

  @Get('users')
  users(@Graph() request: GraphRequest): Promise<object> {
    return this.reader.list(request, users);
  }

  /** By object id or user principal name. */
  @Get('users/:id')
  async user(@Graph() request: GraphRequest, @Param('id') id: string): Promise<object> {
    if (!id.includes('@')) return this.reader.get(request, users, id);
    return this.reader.getWhere(request, users, { userPrincipalName: id.toLowerCase() }, id);
  }

  @Get('groups')
  groups(@Graph() request: GraphRequest): Promise<object> {
    return this.reader.list(request, groups);
  }

  @Get('groups/:id')
  group(@Graph() request: GraphRequest, @Param('id') id: string): Promise<object> {
    return this.reader.get(request, groups, id);
  }

  @Get('groups/:id/members')
  async members(@Graph() request: GraphRequest, @Param('id') id: string): Promise<object> {
    const group = await this.reader.find(request, groups, { id }, id);
    return this.reader.list(request, members, { where: { id: { $in: group.members } } });
  }

  @Get('servicePrincipals')
  servicePrincipals(@Graph() request: GraphRequest): Promise<object> {
    return this.reader.list(request, servicePrincipals);
  }

  @Get('servicePrincipals/:id')
  servicePrincipal(@Graph() request: GraphRequest, @Param('id') id: string): Promise<object> {
    return this.reader.get(request, servicePrincipals, id);
  }
}
