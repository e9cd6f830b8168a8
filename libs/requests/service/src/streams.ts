import {
  policyStream,
  requestStream,
  roleScheduleStream,
  type PolicyEvent,
  type RequestEvent,
  type RoleScheduleEvent,
} from '@pim/contracts';
import type { StreamView } from '@pim/engine';
import {
  policyDecider,
  policyView,
  requestDecider,
  requestView,
  roleView,
  type Policy,
  type Request,
  type RoleView,
} from '@pim/requests/domain';

/** What this context owns. */
export const requestAggregate = { stream: requestStream, decider: requestDecider };
export const policyAggregate = { stream: policyStream, decider: policyDecider };

/** What it reads to judge. */
export const requests: StreamView<Request, RequestEvent> = { stream: requestStream, view: requestView };
export const policies: StreamView<Policy, PolicyEvent> = { stream: policyStream, view: policyView };
export const rolesAsSeenHere: StreamView<RoleView, RoleScheduleEvent> = { stream: roleScheduleStream, view: roleView };
