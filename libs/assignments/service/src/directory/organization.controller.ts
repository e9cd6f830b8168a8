import { Controller, Get, Inject, Param } from '@nestjs/common';
import { notFound } from '@pim/assignments/domain';
import type { Documents } from '@pim/engine';
import {
  DOCUMENTS,
  Graph,
  graphPaths,
  GraphReader,
  guid,
  principals,
  TENANT,
  type GraphRequest,
  type Tenant,
} from '@pim/platform';
import { organizationOf, organizations, premiumOf, subscribedSkus } from './tenant-sets';

/** The tenant itself, and a licence in it: scripts look for one before they use PIM (reference §1.13). */
@Controller(graphPaths(''))
export class OrganizationController {
  constructor(
    private readonly reader: GraphReader,
    @Inject(DOCUMENTS) private readonly documents: Documents,
    @Inject(TENANT) private readonly tenant: Tenant,
  ) {}

  @Get('organization')
  organizations(@Graph() request: GraphRequest): Promise<object> {
    return this.reader.listOf(request, organizations, [organizationOf(this.tenant)]);
  }

  @Get('organization/:id')
  async organization(@Graph() request: GraphRequest, @Param('id', guid) id: string): Promise<object> {
    if (id !== this.tenant.tenantId.toLowerCase()) throw notFound(id);
    return this.reader.single(request, organizations, organizationOf(this.tenant));
  }

  @Get('subscribedSkus')
  async skus(@Graph() request: GraphRequest): Promise<object> {
    return this.reader.listOf(request, subscribedSkus, [await this.premium()]);
  }

  @Get('subscribedSkus/:id')
  async sku(@Graph() request: GraphRequest, @Param('id', guid) id: string): Promise<object> {
    const premium = await this.premium();
    if (id !== premium.id.toLowerCase()) throw notFound(id);
    return this.reader.single(request, subscribedSkus, premium);
  }

  private async premium() {
    return premiumOf(this.tenant, await this.documents.count(principals.collection, { principalType: 'user' }));
  }
}
