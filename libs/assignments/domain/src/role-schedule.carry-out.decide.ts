import type { RoleScheduleEvent, ScheduleAction } from '@pim/contracts';
import type { DomainCommand } from '@pim/kernel';
import { adminRemove, selfDeactivate } from './role-schedule.end.decide';
import { adminAssign, selfActivate } from './role-schedule.grant.decide';
import type { RoleScheduleState } from './role-schedule';
import { invalidRequest, type Judged, type Outcome, type Refusal } from './schedule-order';

/** Carries out what a request asked for, judged under these facts. */
export type CarryOutOrder = DomainCommand<'CarryOutOrder', Judged>;

const actions: { readonly [A in ScheduleAction]: (judged: Judged, state: RoleScheduleState) => Outcome } = {
  adminAssign,
  adminRemove,
  selfActivate,
  selfDeactivate,
};

const refused = ({ order, facts }: Judged, { code, message }: Refusal): RoleScheduleEvent => ({
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

const isSelf = (action: ScheduleAction): boolean => action === 'selfActivate' || action === 'selfDeactivate';

const outcomeOf = (judged: Judged, state: RoleScheduleState): Outcome =>
  isSelf(judged.order.action) && judged.order.kind === 'eligibility'
    ? invalidRequest('an eligibility is not activated itself. Send self actions to roleAssignmentScheduleRequests.')
    : actions[judged.order.action](judged, state);

/** Every order has one answer on record, a refusal included; the same request again is silence. */
export const carryOutOrder = (judged: Judged, state: RoleScheduleState): readonly RoleScheduleEvent[] => {
  if (state.handled.has(judged.order.requestId)) return [];
  const outcome = outcomeOf(judged, state);
  return 'code' in outcome ? [refused(judged, outcome)] : outcome;
};
