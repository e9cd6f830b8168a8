import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { accessIdOf, type RequestedSchedule, type ScheduleOrder } from '@pim/contracts';
import type { Clock, CommandContext, Journal } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import {
  type ApiError,
  AssignmentRights,
  CLOCK,
  decideRequests,
  JOURNAL,
  Outcomes,
  requestDenied,
  requireGranted,
  type Caller,
  type GraphRequest,
} from '@pim/platform';
import { decisionRefusal, judgeExtension, timesOf, type Request } from '@pim/requests/domain';
import type { RequestSetName } from '../schedule-requests/request-sets';
import { policyFor, requestAggregate, requests } from '../streams';

export interface ExtensionAnswer {
  readonly decision: 'Approve' | 'Deny';
  readonly justification: string;
  /** Other times than were asked for; null: those. */
  readonly schedule: RequestedSchedule | null;
}

/**
 * Approves or denies an extension or renewal and waits for what comes of it; answers which set the request is in. Rejects
 * with 403 who may not, 404 the unknown, 409 what waits for nobody, 400 what the role's settings or the guard refuse.
 */
export class DecideExtensionCommand extends Command<RequestSetName> {
  constructor(
    readonly requestId: string,
    readonly answer: ExtensionAnswer,
    readonly request: Pick<GraphRequest, 'caller' | 'context'>,
  ) {
    super();
  }
}

@CommandHandler(DecideExtensionCommand)
export class DecideExtensionHandler implements ICommandHandler<DecideExtensionCommand> {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly rights: AssignmentRights,
    private readonly outcomes: Outcomes,
  ) {}

  async execute({ requestId, answer, request }: DecideExtensionCommand): Promise<RequestSetName> {
    const { caller, context } = request;
    const now = this.clock.now();
    const { state } = await this.journal.load(requests, requestId);
    const { schedule, ...said } = answer;
    const isAdministrator = await this.isAdministrator(state, caller);
    const times = schedule && timesOf(schedule, now);
    const data = { ...said, times, by: context.actor, isAdministrator, now };
    const decide = (policyVersion: number | null) => {
      const command = { type: 'DecideExtension' as const, data: { ...data, policyVersion } };
      return this.journal.execute(requestAggregate, requestId, command, context);
    };
    if (state.status === 'pendingDecision' && decisionRefusal(state, data)) {
      await decide(null); // The attempt is on record before it is answered.
      throw notTheirs();
    }
    const judgedBy =
      state.status === 'pendingDecision' && said.decision === 'Approve'
        ? await this.requireRules({ ...state.order, ...times }, now, context)
        : null;
    // Whoever may not decide is not shown what others decided.
    if (state.status !== 'absent' && !isAdministrator) throw notTheirs();
    await this.outcomes.after(() => decide(judgedBy), requestId, { what: 'outcome' });
    return this.setOf(requestId);
  }

  /** Throws 403 without the permission to the request's own set: whoever may write one may not write the others. */
  private async isAdministrator(state: Request, caller: Caller): Promise<boolean> {
    if (state.status === 'absent') return false;
    requireGranted(caller, decideRequests(setNameFor(state)));
    return this.rights.administers(state.ref, caller.id);
  }

  /**
   * The role's settings as they are now: a policy that has become stricter since it was asked binds who agrees now.
   * Answers their version.
   */
  private async requireRules(order: ScheduleOrder, now: string, { authentication }: CommandContext): Promise<number> {
    const settings = policyFor(order);
    const { state: policy } = await this.journal.load(settings.view, settings.id);
    const refusal = judgeExtension(order, { policy, authentication, now });
    if (refusal) throw new Rejection('invalid', refusal.code, refusal.message);
    return policy.version;
  }

  private async setOf(requestId: string): Promise<RequestSetName> {
    const { state } = await this.journal.load(requests, requestId);
    if (state.status === 'absent') throw new Error(`request ${requestId} was decided and is not there (this is a bug)`);
    if (state.status === 'failed') throw new Rejection('invalid', state.code, state.message);
    return setNameFor(state);
  }
}

const setNameFor = ({ ref }: Exclude<Request, { status: 'absent' }>): RequestSetName => ({
  kind: ref.kind,
  isOfGroup: accessIdOf(ref.roleDefinitionId) !== null,
});

const notTheirs = (): ApiError =>
  requestDenied('Extensions and renewals are decided by an administrator other than who asked for them.');
