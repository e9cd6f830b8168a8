import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { Graph, graphPaths, GraphReader, guid, ReadModels, type GraphRequest } from '@pim/platform';
import { objects } from './directory-sets';
import { GetByIdsDto } from './other.dto';

/** Any object by its id, whatever it is. */
@Controller(graphPaths('directoryObjects'))
export class DirectoryObjectsController {
  constructor(
    private readonly reader: GraphReader,
    private readonly readModels: ReadModels,
  ) {}

  @Get(':id')
  get(@Graph() request: GraphRequest, @Param('id', guid) id: string): Promise<object> {
    return this.reader.get(request, objects, id);
  }

  /** Those of the ids that are known, in one page; of the named types only, when types are named. */
  @Post('getByIds')
  @HttpCode(200)
  async getByIds(@Body() { ids, types }: GetByIdsDto, @Graph() request: GraphRequest): Promise<object> {
    await this.readModels.fresh();
    const wanted = { id: { $in: ids.map((id) => id.toLowerCase()) } };
    const where = types && types.length > 0 ? { ...wanted, principalType: { $in: types.map(plain) } } : wanted;
    return this.reader.list({ ...request, query: {}, maxPageSize: ids.length }, objects, { where });
  }
}

const known = ['user', 'group', 'servicePrincipal', 'administrativeUnit'];

/** `microsoft.graph.User` and `USER` are `user`; a type nobody has stays as it is and finds nothing. */
const plain = (type: string): string => {
  const name = type.replace(/^#?microsoft\.graph\./i, '').toLowerCase();
  return known.find((one) => one.toLowerCase() === name) ?? name;
};
