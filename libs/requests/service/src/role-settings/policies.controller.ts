import { Controller, Get, Param } from '@nestjs/common';
import { Rejection } from '@pim/kernel';
import { Graph, graphPaths, GraphReader, type GraphRequest } from '@pim/platform';
import { requireFilter } from './policy-filter';
import { PolicyRights } from './policy-rights';
import { graphRules, PolicySets, ruleSetOf } from './policy-sets';

const scope = ['scopeId', 'scopeType'];

/** Role settings, for reading (reference §1.8). */
@Controller(graphPaths('policies'))
export class PoliciesController {
  constructor(
    private readonly reader: GraphReader,
    private readonly sets: PolicySets,
    private readonly rights: PolicyRights,
  ) {}

  @Get('roleManagementPolicies')
  list(@Graph() request: GraphRequest): Promise<object> {
    requireFilter(request, this.sets.policies, [scope]);
    return this.reader.list(request, this.sets.policies, { where: this.rights.readable(request.caller) });
  }

  @Get('roleManagementPolicies/:id')
  async get(@Param('id') id: string, @Graph() request: GraphRequest): Promise<object> {
    this.rights.requireToRead(id, request.caller);
    return this.reader.get(request, this.sets.policies, id);
  }

  @Get(['roleManagementPolicies/:id/rules', 'roleManagementPolicies/:id/effectiveRules'])
  async rules(@Param('id') id: string, @Graph() request: GraphRequest): Promise<object> {
    return this.reader.listOf(request, ruleSetOf(id), await this.rulesOf(id, request));
  }

  @Get(['roleManagementPolicies/:id/rules/:ruleId', 'roleManagementPolicies/:id/effectiveRules/:ruleId'])
  async rule(
    @Param('id') id: string,
    @Param('ruleId') ruleId: string,
    @Graph() request: GraphRequest,
  ): Promise<object> {
    const rule = (await this.rulesOf(id, request)).find((one) => Reflect.get(one, 'id') === ruleId);
    if (!rule)
      throw new Rejection('not-found', 'ResourceNotFound', `The policy has no rule '${ruleId.slice(0, 100)}'.`);
    return this.reader.single(request, ruleSetOf(id), rule);
  }

  @Get('roleManagementPolicyAssignments')
  listAssignments(@Graph() request: GraphRequest): Promise<object> {
    requireFilter(request, this.sets.assignments, [scope, ['policyId']]);
    return this.reader.list(request, this.sets.assignments, { where: this.rights.readable(request.caller) });
  }

  @Get('roleManagementPolicyAssignments/:id')
  async getAssignment(@Param('id') id: string, @Graph() request: GraphRequest): Promise<object> {
    this.rights.requireToRead(id, request.caller);
    return this.reader.get(request, this.sets.assignments, id);
  }

  private async rulesOf(id: string, request: GraphRequest): Promise<readonly object[]> {
    this.rights.requireToRead(id, request.caller);
    const rules = graphRules(await this.reader.find(request, this.sets.policies, { id }, id), request);
    return rules.map((rule, sequence) => ({ ...rule, sequence }));
  }
}
