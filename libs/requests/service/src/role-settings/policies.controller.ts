import { Controller, Get, Param } from '@nestjs/common';
import { Rejection } from '@pim/kernel';
import { applyQuery, contextOf, parseQuery, shape } from '@pim/odata';
import { Graph, graphPaths, GraphReader, type GraphRequest } from '@pim/platform';
import { graphRules, policyAssignmentSet, policySet, requireFilter } from './policy-sets';
import { ruleSchema } from './schemas';

const scope = ['scopeId', 'scopeType'];

/** Role settings, for reading (reference §1.8). */
@Controller(graphPaths('policies'))
export class PoliciesController {
  constructor(private readonly reader: GraphReader) {}

  @Get('roleManagementPolicies')
  list(@Graph() request: GraphRequest): Promise<object> {
    requireFilter(request, policySet, [scope]);
    return this.reader.list(request, policySet);
  }

  @Get('roleManagementPolicies/:id')
  get(@Param('id') id: string, @Graph() request: GraphRequest): Promise<object> {
    return this.reader.get(request, policySet, id);
  }

  @Get(['roleManagementPolicies/:id/rules', 'roleManagementPolicies/:id/effectiveRules'])
  async rules(@Param('id') id: string, @Graph() request: GraphRequest): Promise<object> {
    const query = parseQuery(request.query, ruleSchema);
    const found = applyQuery(await this.rulesOf(id, request), query, ruleSchema);
    return {
      '@odata.context': contextAt(request, contextOf(rulesPath(id), query, { entity: false })),
      value: found.map((rule) => shape(rule, query, ruleSchema)),
    };
  }

  @Get(['roleManagementPolicies/:id/rules/:ruleId', 'roleManagementPolicies/:id/effectiveRules/:ruleId'])
  async rule(
    @Param('id') id: string,
    @Param('ruleId') ruleId: string,
    @Graph() request: GraphRequest,
  ): Promise<object> {
    const query = parseQuery(request.query, ruleSchema);
    const rule = (await this.rulesOf(id, request)).find((one) => Reflect.get(one, 'id') === ruleId);
    if (!rule)
      throw new Rejection('not-found', 'ResourceNotFound', `The policy has no rule '${ruleId.slice(0, 100)}'.`);
    const context = contextAt(request, contextOf(rulesPath(id), query, { entity: true }));
    return { '@odata.context': context, ...shape(rule, query, ruleSchema) };
  }

  @Get('roleManagementPolicyAssignments')
  listAssignments(@Graph() request: GraphRequest): Promise<object> {
    requireFilter(request, policyAssignmentSet, [scope, ['policyId']]);
    return this.reader.list(request, policyAssignmentSet);
  }

  @Get('roleManagementPolicyAssignments/:id')
  getAssignment(@Param('id') id: string, @Graph() request: GraphRequest): Promise<object> {
    return this.reader.get(request, policyAssignmentSet, id);
  }

  private async rulesOf(id: string, request: GraphRequest): Promise<readonly object[]> {
    return graphRules(await this.reader.find(request, policySet, { id }, id), request);
  }
}

const rulesPath = (id: string): string => `policies/roleManagementPolicies('${id}')/rules`;

const contextAt = ({ base }: GraphRequest, fragment: string): string => `${base}/$metadata${fragment}`;
