import { Inject, Injectable } from '@nestjs/common';
import { eligibilityFor } from '@pim/assignments/domain';
import { accessIdOf, type Instant, type ScheduleOrder } from '@pim/contracts';
import type { CommandContext } from '@pim/engine';
import type { OrderGround } from '@pim/platform';
import { bestActivation, foresee, requirementsOf, type Refusal, type Requirements } from '@pim/requests/domain';
import { GatherFacts } from '../submit-request/gather-facts';
import { guardRefusal } from '../submit-request/guard-refusal';
import { NamedApprovers, type StageView } from './named-approvers';

type Role = Pick<ScheduleOrder, 'roleDefinitionId' | 'directoryScopeId'>;

/** What an activation would need, and what would be answered now. */
export interface Preview extends Omit<Requirements, 'approvalStages'> {
  readonly isEligible: boolean;
  /** Until when, of several eligibilities the longest; null: without an end, or not at all. */
  readonly eligibilityEndDateTime: Instant | null;
  /** null: nobody has to agree. */
  readonly approval: { readonly stages: readonly StageView[] } | null;
  /** Everything an activation with a reason and a ticket would be refused for now, as POST answers it. */
  readonly problems: readonly Pick<Refusal, 'code' | 'message'>[];
}

/** Judges the activation that the caller would most likely ask for, and records nothing. */
@Injectable()
export class PreviewActivation {
  constructor(
    @Inject(GatherFacts) private readonly gather: GatherFacts,
    private readonly approvers: NamedApprovers,
  ) {}

  /** Throws what a request for this would be answered with when there is no such role, scope or group. */
  async of(role: Role, { actor, authentication }: CommandContext): Promise<Preview> {
    const ask = bestActivation({ ...role, principalId: actor.id });
    const { facts, ground } = await this.gather.for(ask, { actor, authentication });
    const { order, refusals } = foresee(ask, facts);
    const { approvalStages, ...needs } = requirementsOf(ask, facts);
    const isOfGroup = accessIdOf(role.roleDefinitionId) !== null;
    return {
      ...eligibilityIn(ground, actor.id),
      ...needs,
      approval: approvalStages && { stages: await this.approvers.of(approvalStages, isOfGroup) },
      problems: problemsOf(refusals, guardRefusal(order, ground)),
    };
  }
}

/** The guard is asked in any case, so that what only it knows is told; what both say is told once. */
const problemsOf = (refusals: readonly Refusal[], guard: Refusal | null): Preview['problems'] => {
  const said = refusals.some(({ code }) => code === guard?.code);
  return [...refusals, ...(guard && !said ? [guard] : [])].map(({ code, message }) => ({ code, message }));
};

/** By the guard's own reading: of several the one that lasts longest, and no longer than the membership it comes by. */
const eligibilityIn = (
  { role, facts: { now, groupIds, membershipEnds } }: OrderGround,
  principalId: string,
): Pick<Preview, 'isEligible' | 'eligibilityEndDateTime'> => {
  const eligibility = eligibilityFor(role, [principalId, ...groupIds], now);
  if (!eligibility) return { isEligible: false, eligibilityEndDateTime: null };
  const ends = [eligibility.end, membershipEnds[eligibility.principalId] ?? null].filter((end) => end !== null);
  return { isEligible: true, eligibilityEndDateTime: ends.sort()[0] ?? null };
};
