import { principal, roleDefinition, roleSchedule, separationOfDuty } from '@pim/assignments/domain';
import {
  principalStream,
  requestStream,
  roleDefinitionStream,
  roleScheduleStream,
  separationOfDutyStream,
  type Actor,
  type RequestEvent,
} from '@pim/contracts';
import type { StreamView } from '@pim/engine';

/** What this context owns: each decider with its category of streams. */
export const roleScheduleAggregate = { stream: roleScheduleStream, decider: roleSchedule };
export const principalAggregate = { stream: principalStream, decider: principal };
export const roleDefinitionAggregate = { stream: roleDefinitionStream, decider: roleDefinition };
export const separationAggregate = { stream: separationOfDutyStream, decider: separationOfDuty };

/** That a request was withdrawn; `by` null: it lost what it rested on while it waited. */
export interface Withdrawal {
  readonly by: Actor | null;
}

/** Whether a request has gone, so that nothing may be given for it any more, however it was approved meanwhile. */
export const withdrawalIn = ({ type, data }: RequestEvent): Withdrawal | null => {
  if (type === 'RequestCanceled') return { by: data.by };
  // Of a removal or an extension the same event says something else.
  return type === 'RequestRevoked' && data.action === 'selfActivate' ? { by: null } : null;
};

/** What matters here of a request's own life; null: it goes on, or has ended in another way. */
export const withdrawals: StreamView<Withdrawal | null, RequestEvent> = {
  stream: requestStream,
  view: { initial: null, evolve: (withdrawal, event) => withdrawal ?? withdrawalIn(event) },
};
