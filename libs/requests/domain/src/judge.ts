import type { RequestContent, RequestedSchedule, ScheduleOrder } from '@pim/contracts';
import type { Ask, Facts, Refusal, Verdict } from './ask';
import { requireKnown, strangerRefusal, wellFormed, type AdmittedAsk } from './judge-admission';
import { approvalTerms } from './judge-approval';
import { customExtensionTerms, emergencyRefusal, startingNow } from './judge-own-settings';
import { failedRules, longestActivationMs, unprovenContext } from './judge-policy';
import { awaitsAdministrator, duplicate, isCreation, isGrant, missing, unfit } from './judge-standing';
import { evaluateSchedule, type EvaluatedSchedule } from './schedule';

const asSoonAsPossible: RequestedSchedule = {
  startDateTime: null,
  expiration: { type: 'notSpecified', endDateTime: null, duration: null },
};

const atOnce: EvaluatedSchedule = { startDateTime: null, durationMs: null, endDateTime: null };

const scheduleOf = (ask: AdmittedAsk, { now, policy }: Facts): EvaluatedSchedule => {
  const { action, isEmergency } = ask;
  if (!isGrant(action)) return atOnce;
  const requested = ask.schedule ?? asSoonAsPossible;
  const schedule = isEmergency ? startingNow(requested, now) : requested;
  return evaluateSchedule(schedule, { now, action, defaultDurationMs: longestActivationMs(policy) });
};

const orderOf = (ask: AdmittedAsk, facts: Facts): ScheduleOrder => ({
  requestId: ask.requestId,
  kind: ask.kind,
  action: ask.action,
  principalId: ask.principalId,
  roleDefinitionId: ask.roleDefinitionId,
  directoryScopeId: ask.directoryScopeId,
  ...scheduleOf(ask, facts),
  // What is created has the request's own id, whatever the caller named.
  targetScheduleId: isCreation(ask.action) ? null : ask.targetScheduleId,
  actor: facts.caller.actor,
});

const contentOf = (ask: AdmittedAsk, { caller, policy }: Facts): RequestContent => ({
  requestId: ask.requestId,
  kind: ask.kind,
  action: ask.action,
  principalId: ask.principalId,
  roleDefinitionId: ask.roleDefinitionId,
  directoryScopeId: ask.directoryScopeId,
  schedule: isGrant(ask.action) ? (ask.schedule ?? asSoonAsPossible) : null,
  justification: ask.justification,
  ticket: ask.ticket,
  targetScheduleId: ask.targetScheduleId,
  customData: ask.customData,
  createdBy: caller.actor,
  policyVersion: policy.version,
});

type Check = (ask: AdmittedAsk, order: ScheduleOrder, facts: Facts) => Refusal | null;

/** Every reason to refuse there may be, in the order of reference §4.5. */
const checks: readonly Check[] = [
  (_ask, order, facts) => unfit(order, facts),
  (_ask, order, facts) => missing(order, facts),
  (_ask, order, facts) => duplicate(order, facts),
  (ask, _order, facts) => unprovenContext(ask, facts),
  failedRules,
];

/** The first of them. */
const refusalOf = (ask: AdmittedAsk, order: ScheduleOrder, facts: Facts): Refusal | null => {
  for (const check of checks) {
    const refusal = check(ask, order, facts);
    if (refusal) return refusal;
  }
  return null;
};

/**
 * Judges one request by the rules of its role, in the order of reference §4.5; the same question always gets the same
 * answer. A validation-only request is judged like any other: only the caller records nothing of it.
 *
 * Throws a Rejection, of which nothing is recorded, for what is malformed or about something unknown; a caller who may
 * not ask is refused with `deniedCode`. Does not look at the five-minute floor of removals and the last administrator:
 * those are the guard's, which `assignments` forecasts (reference §4.8, §4.11).
 */
export const judge = (ask: Ask, facts: Facts): Verdict => {
  const admitted = wellFormed(ask);
  const content = contentOf(admitted, facts);
  const denial = strangerRefusal(admitted, facts) ?? emergencyRefusal(admitted, facts);
  if (denial) return { verdict: 'refused', content, ...denial };
  requireKnown(admitted, facts);
  const order = orderOf(admitted, facts);
  const refusal = refusalOf(admitted, order, facts);
  if (refusal) return { verdict: 'refused', content, ...refusal };
  const { isEmergency } = admitted;
  return {
    verdict: 'accepted',
    content,
    order,
    approval: isEmergency ? null : approvalTerms(admitted, facts),
    awaitsAdministrator: awaitsAdministrator(admitted.action),
    customExtension: isEmergency ? null : customExtensionTerms(admitted, facts),
    isEmergency,
  };
};

/** What a request would come to now: what it orders, and everything that stands in its way. */
export interface Foreseen {
  readonly order: ScheduleOrder;
  readonly refusals: readonly Refusal[];
}

/**
 * Every reason for which `judge` would refuse this now, where `judge` names the first; none: it would accept it. Throws
 * what `judge` throws.
 */
export const foresee = (ask: Ask, facts: Facts): Foreseen => {
  const admitted = wellFormed(ask);
  const denial = strangerRefusal(admitted, facts);
  requireKnown(admitted, facts);
  const order = orderOf(admitted, facts);
  const refusals = [denial, ...checks.map((check) => check(admitted, order, facts))];
  return { order, refusals: refusals.filter((refusal) => refusal !== null) };
};
