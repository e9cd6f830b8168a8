import { Body, Controller, HttpCode, Param, Patch } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Rejection } from '@pim/kernel';
import { Graph, graphPaths, GraphReader, type GraphRequest } from '@pim/platform';
import { ChangePolicyCommand, type PolicyChange } from './change-policy.handler';
import { ChangePolicyDto } from './change-policy.dto';
import { PolicyRights } from './policy-rights';
import { PolicySets } from './policy-sets';

/** Role settings, for changing: rules can be changed, never added or removed (reference §1.8). */
@Controller(graphPaths('policies/roleManagementPolicies'))
export class ChangePolicyController {
  constructor(
    private readonly commands: CommandBus,
    private readonly reader: GraphReader,
    private readonly rights: PolicyRights,
    private readonly sets: PolicySets,
  ) {}

  @Patch(':id')
  async patch(@Param('id') id: string, @Body() body: ChangePolicyDto, @Graph() request: GraphRequest): Promise<object> {
    await this.change(id, body, request);
    return this.reader.fresh({ ...request, query: {} }, this.sets.policies, id);
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
    await this.change(id, { rules: [{ ...rule, id: ruleId }], ruleId }, request);
  }

  private async change(id: string, asked: Partial<PolicyChange>, request: GraphRequest): Promise<void> {
    const subject = await this.rights.requireToChange(id, request.caller);
    const change = { ...asked, rules: asked.rules ?? [] };
    await this.commands.execute(new ChangePolicyCommand({ policyId: id, ...subject }, change, request.context));
  }
}

/** A body that is missing or no object says nothing of the rule; the domain then says what it lacks. */
const ruleIn = (body: unknown): Readonly<Record<string, unknown>> =>
  typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : {};
