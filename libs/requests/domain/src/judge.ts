import type { RequestContent, RequestedSchedule, ScheduleOrder } from '@pim/contracts';
import type { Ask, Facts, Refusal, Verdict } from './ask';
import { requireKnown, strangerRefusal, wellFormed, type AdmittedAsk } from './judge-admission';
import { customExtensionTerms, emergencyRefusal } from './judge-own-settings';
import { approvalTerms, failedRules, longestActivationMs, unprovenContext } from './judge-policy';
import { awaitsAdministrator, duplicate, isCreation, isGrant, missing, unfit } from './judge-standing';
import { evaluateSchedule, type EvaluatedSchedule } from './schedule';

const asSoonAsPossible: RequestedSchedule = {
  startDateTime: null,
  expiration: { type: 'notSpecified', endDateTime: null, duration: null },
};

const atOnce: EvaluatedSchedule = { startDateTime: null, durationMs: null, endDateTime: null };

const scheduleOf = ({ action, schedule }: AdmittedAsk, { now, policy }: Facts): EvaluatedSchedule =>
  isGrant(action)
    ? evaluateSchedule(schedule ?? asSoonAsPossible, { now, action, defaultDurationMs: longestActivationMs(policy) })
    : atOnce;

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

/** The first reason to refuse, in the order of reference §4.5. */
const refusalOf = (ask: AdmittedAsk, order: ScheduleOrder, facts: Facts): Refusal | null =>
  unfit(order, facts) ??
  missing(order, facts) ??
  duplicate(order, facts) ??
  unprovenContext(ask, facts) ??
  failedRules(ask, order, facts);

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
