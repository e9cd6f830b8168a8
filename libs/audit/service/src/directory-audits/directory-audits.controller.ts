import { Controller, Get, Inject, Param } from '@nestjs/common';
import type { Documents } from '@pim/engine';
import { DOCUMENTS, Graph, graphPaths, GraphReader, type GraphRequest } from '@pim/platform';
import { auditSet } from './audit-set';

/** The audit trail in Graph's shape (reference §1.12). */
@Controller(graphPaths('auditLogs/directoryAudits'))
export class DirectoryAuditsController {
  constructor(
    private readonly reader: GraphReader,
    @Inject(DOCUMENTS) private readonly documents: Documents,
  ) {}

  @Get()
  list(@Graph() request: GraphRequest): Promise<object> {
    return this.reader.list(request, auditSet(this.documents));
  }

  @Get(':id')
  get(@Param('id') id: string, @Graph() request: GraphRequest): Promise<object> {
    return this.reader.get(request, auditSet(this.documents), id);
  }
}
