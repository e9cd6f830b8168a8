import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { openedOf } from '@pim/approvals/domain';
import { under, type Journal } from '@pim/engine';
import { answerOf, decideApprovals, Graph, JOURNAL, requireGranted, type GraphRequest } from '@pim/platform';
import { groupApprovals, isIn, roleApprovals, type ApprovalSet } from '../approvals/approval-sets';
import { DecideStepCommand } from '../decide/decide-step.handler';
import { approvals } from '../streams';
import { DecideManyDto, type OneDecisionDto } from './decide-many.dto';

/** What came of one of the answers: 204, or why not. */
interface Result {
  readonly approvalId: string;
  readonly stepId: string | null;
  readonly status: number;
  readonly error?: { readonly code: string; readonly message: string };
}

/** Many answers in one call, each with a result of its own: one that fails keeps none of the others. */
@Controller('openpim/v1/approvals')
export class DecideManyController {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    private readonly commands: CommandBus,
  ) {}

  /** One after the other, in the order given; the results are in that order, too. */
  @Post('decisions')
  @HttpCode(200)
  async decide(
    @Body() { decisions }: DecideManyDto,
    @Graph() request: GraphRequest,
  ): Promise<{ readonly value: readonly Result[] }> {
    const value: Result[] = [];
    for (const [index, decision] of decisions.entries()) value.push(await this.one(decision, index, request));
    return { value };
  }

  private async one(decision: OneDecisionDto, index: number, request: GraphRequest): Promise<Result> {
    const { approvalId } = decision;
    const stepId = decision.stepId?.toLowerCase() ?? null;
    const answer = { ...decision, approvalId: approvalId.toLowerCase(), stepId };
    const result = { approvalId, stepId };
    try {
      const set = await this.setOf(answer.approvalId);
      requireGranted(request.caller, decideApprovals(set));
      await this.commands.execute(new DecideStepCommand(answer, set, under(request.context, index)));
      return { ...result, status: 204 };
    } catch (error) {
      const { status, code, message } = answerOf(error);
      // A fault of ours is told as one; whoever sends all of it again is answered as the first time.
      if (status === 500) throw error;
      return { ...result, status, error: { code, message } };
    }
  }

  /** Of what is not there, the set of roles: whoever answers it is told so there. */
  private async setOf(approvalId: string): Promise<ApprovalSet> {
    const state = openedOf((await this.journal.load(approvals, approvalId)).state);
    return state && isIn(groupApprovals, state.order) ? groupApprovals : roleApprovals;
  }
}
