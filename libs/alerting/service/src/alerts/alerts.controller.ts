import { Controller, Get, Param } from '@nestjs/common';
import { Graph, graphPaths, GraphReader, property, type EntitySet, type GraphRequest } from '@pim/platform';
import { alertDocuments } from './alerts.projection';

const { text, flag, instant } = property;

/** What of Graph this context serves. */
export const alerts: EntitySet = {
  path: 'identityGovernance/roleManagementAlerts/alerts',
  collection: alertDocuments.collection,
  schema: {
    name: 'unifiedRoleManagementAlert',
    properties: {
      id: text,
      alertDefinitionId: text,
      incidentCount: { type: 'int' },
      isActive: flag,
      lastModifiedDateTime: instant,
      lastScannedDateTime: instant,
      scopeId: text,
      scopeType: { type: 'string', enum: ['DirectoryRole'], aliases: { Directory: 'DirectoryRole' } },
    },
  },
  expand: {},
};

/** Security alerts: about the last administrator of a protected role, and about emergency access until it is reviewed. */
@Controller(graphPaths('identityGovernance/roleManagementAlerts/alerts'))
export class AlertsController {
  constructor(private readonly reader: GraphReader) {}

  @Get()
  list(@Graph() request: GraphRequest): Promise<object> {
    return this.reader.list(request, alerts);
  }

  @Get(':id')
  get(@Param('id') id: string, @Graph() request: GraphRequest): Promise<object> {
    return this.reader.get(request, alerts, id);
  }
}
