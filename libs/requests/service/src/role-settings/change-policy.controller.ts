import { Body, Controller, HttpCode, Inject, Param, Patch } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Rejection } from '@pim/kernel';
import { Graph, graphPaths, GraphReader, TENANT, type GraphRequest, type Tenant } from '@pim/platform';
import { ChangePolicyCommand } from './change-policy.handler';
import { ChangePolicyDto } from './change-policy.dto';
import { roleOfPolicy } from './policy-id';
import { policySet } from './policy-sets';

/** Role settings, for changing: rules can be changed, never added or removed (reference §1.8). */
@Controller(graphPaths('policies/roleManagementPolicies'))
export class ChangePolicyController {
  constructor(
    private readonly commands: CommandBus,
    private readonly reader: GraphReader,
    @Inject(TENANT) private readonly tenant: Tenant,
  ) {}

  @Patch(':id')
  async patch(@Param('id') id: string, @Body() body: ChangePolicyDto, @Graph() request: GraphRequest): Promise<object> {
    await this.change(id, body.rules, request);
    return this.reader.fresh({ ...request, query: {} }, policySet, id);
  }

  @Patch(':id/rules/:ruleId')
  @HttpCode(204)
  async patchRule(
    @Param('id') id: string,
    @Param('ruleId') ruleId: string,
    @Body() body: unknown,
    @Graph() request: GraphRequest,
  ): Promise<void> {
    const rule = ruleIn(body);
    if (rule['id'] !== undefined && rule['id'] !== ruleId)
      throw new Rejection('invalid', 'InvalidPolicyRule', 'The id in the body is not the id in the path.');
    await this.change(id, [{ ...rule, id: ruleId }], request, ruleId);
  }

  private async change(id: string, rules: readonly unknown[], request: GraphRequest, ruleId?: string): Promise<void> {
    const roleDefinitionId = roleOfPolicy(this.tenant.tenantId, id);
    if (!roleDefinitionId)
      throw new Rejection('not-found', 'ResourceNotFound', `There is no policy '${id.slice(0, 200)}'.`);
    const policy = { policyId: id, roleDefinitionId };
    await this.commands.execute(new ChangePolicyCommand(policy, rules, request.context, ruleId));
  }
}

/** A body that is missing or no object says nothing of the rule; the domain then says what it lacks. */
const ruleIn = (body: unknown): Readonly<Record<string, unknown>> =>
  typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : {};
