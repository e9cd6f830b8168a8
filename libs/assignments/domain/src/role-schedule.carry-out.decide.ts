import type { RoleScheduleEvent, ScheduleAction } from '@pim/contracts';
import type { DomainCommand } from '@pim/kernel';
import { adminRemove, selfDeactivate } from './role-schedule.end.decide';
import { adminAssign, renew, selfActivate } from './role-schedule.grant.decide';
import { adminUpdate, extend } from './role-schedule.reschedule.decide';
import type { RoleScheduleState } from './role-schedule';
import { invalidRequest, type Judged, type Outcome, type Refusal } from './schedule-order';

/** Carries out what a request asked for, judged under these facts. */
export type CarryOutOrder = DomainCommand<'CarryOutOrder', Judged>;

const actions: { readonly [A in ScheduleAction]: (judged: Judged, state: RoleScheduleState) => Outcome } = {
  adminAssign,
  adminUpdate,
  adminRemove,
  adminExtend: extend,
  adminRenew: renew,
  selfActivate,
  selfDeactivate,
  selfExtend: extend,
  selfRenew: renew,
};

/** The refusal of an order, as a fact of the guard's stream. */
export const refused = ({ order, facts }: Judged, { code, message }: Refusal): RoleScheduleEvent => ({
  type: 'ScheduleChangeRefused',
  data: {
    roleDefinitionId: order.roleDefinitionId,
    directoryScopeId: order.directoryScopeId,
    principalId: order.principalId,
    requestId: order.requestId,
    kind: order.kind,
    action: order.action,
    code,
    message,
    by: order.actor,
    at: facts.now,
  },
});

const isOfActivations = (action: ScheduleAction): boolean => action === 'selfActivate' || action === 'selfDeactivate';

const outcomeOf = (judged: Judged, state: RoleScheduleState): Outcome =>
  isOfActivations(judged.order.action) && judged.order.kind === 'eligibility'
    ? invalidRequest('an eligibility is not activated itself. Send this action to roleAssignmentScheduleRequests.')
    : actions[judged.order.action](judged, state);

/** Every order has one answer on record, a refusal included; the same request again is silence. */
export const carryOutOrder = (judged: Judged, state: RoleScheduleState): readonly RoleScheduleEvent[] => {
  if (state.handled.has(judged.order.requestId)) return [];
  const outcome = outcomeOf(judged, state);
  return 'code' in outcome ? [refused(judged, outcome)] : outcome;
};
