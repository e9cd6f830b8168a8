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

/** What matters here of a request's own life: who withdrew it, if anybody did. */
export const cancellations: StreamView<Actor | null, RequestEvent> = {
  stream: requestStream,
  view: { initial: null, evolve: (by, event) => (event.type === 'RequestCanceled' ? event.data.by : by) },
};
