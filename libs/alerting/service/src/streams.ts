import { alert, holders, type Holders } from '@pim/alerting/domain';
import { alertStream, roleScheduleStream, type RoleScheduleEvent } from '@pim/contracts';
import type { StreamView } from '@pim/engine';

/** What this context owns, and what it watches. */
export const alertAggregate = { stream: alertStream, decider: alert };
export const permanentHolding: StreamView<Holders, RoleScheduleEvent> = { stream: roleScheduleStream, view: holders };
