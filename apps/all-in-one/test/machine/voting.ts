import { agreedSoFar, currentStage, openedOf, type OpenedState, type Voter } from '@pim/approvals/domain';
import type { ApprovalTerms, ScheduleOrder } from '@pim/contracts';
import { canonicalJson } from '@pim/kernel';
import { handovers, standsIn } from '@pim/platform';
import { actor, everybody, isAdministrator, isOn, policyId } from './people';
import { owned, type World } from './world';

/** What an answer is about. */
export interface Shown {
  readonly order: ScheduleOrder;
  readonly terms: ApprovalTerms;
  /** How often the role settings had been changed. */
  readonly settings: number;
}

/** What an approver is shown now. */
export const shownNow = (world: World, { order, terms }: OpenedState): Shown => ({
  order,
  terms,
  settings: world.revision(owned.policy, policyId),
});

/** Nothing here needs to be short. */
export const digestOf = (shown: Shown): string => canonicalJson(shown);

/** Whoever asked, for whom, and whoever wrote the settings it was asked under. */
const isInvolved = ({ order, terms }: OpenedState, id: string): boolean =>
  [order.principalId, order.actor.id, ...terms.policyAuthorIds].includes(id);

/** Those who are named for the stage that is asked. */
export const named = (world: World, state: OpenedState): readonly string[] => {
  const { terms, stage } = currentStage(state);
  const isEscalated = stage.escalatesAt !== null && stage.escalatesAt <= world.now;
  return [...terms.approvers, ...(isEscalated ? (terms.escalation?.approvers ?? []) : [])].map(({ id }) => id);
};

/** How many of those who are named could still say yes. */
export const possible = (world: World, state: OpenedState): number => {
  const barred = agreedSoFar(state);
  const able = named(world, state).filter((id) => !barred.has(id) && !isInvolved(state, id) && isOn(world, id));
  return new Set(able).size;
};

const isForDefault = (world: World, state: OpenedState): boolean => {
  const { terms, stage } = currentStage(state);
  if (terms.approvers.length === 0 || stage.hasFallenBack) return true;
  return possible(world, state) < terms.requiredApprovals - stage.agreements.length;
};

const includes = (world: World, state: OpenedState, id: string): boolean =>
  named(world, state).includes(id) || (isAdministrator(id) && isOn(world, id) && isForDefault(world, state));

/** In which capacity somebody answers the stage that is asked, as the service finds it out. */
export const voterOf = (world: World, state: OpenedState, id: string): Voter => {
  const by = actor(id);
  if (includes(world, state, id)) return { by, onBehalfOf: null, isApprover: true };
  const absent = everybody.filter(
    (one) => standsIn(world.view(handovers, one), id, world.now) && isOn(world, one) && includes(world, state, one),
  );
  const onBehalfOf = absent.find((one) => !isInvolved(state, one)) ?? absent[0] ?? null;
  return { by, onBehalfOf, isApprover: onBehalfOf !== null };
};

/** An approval that was opened; null: there is none (yet). */
export const openedIn = (world: World, approvalId: string): OpenedState | null =>
  openedOf(world.state(owned.approval, approvalId));

/** Those who are asked, stand-ins first, and could bring the stage further; not `only` those: also who is part of it. */
export const likely = (world: World, state: OpenedState, only: boolean): readonly string[] => {
  const asked = everybody.map((id) => voterOf(world, state, id)).filter(({ isApprover }) => isApprover);
  const barred = (id: string): boolean => isInvolved(state, id) || agreedSoFar(state).has(id);
  return asked
    .filter(({ by, onBehalfOf }) => !only || !(barred(by.id) || (onBehalfOf !== null && barred(onBehalfOf))))
    .sort((one, other) => Number(other.onBehalfOf !== null) - Number(one.onBehalfOf !== null))
    .map(({ by }) => by.id);
};
