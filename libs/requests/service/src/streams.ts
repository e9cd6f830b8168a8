import {
  accessIdOf,
  approvalStream,
  policyStream,
  requestStream,
  roleScheduleStream,
  type ApprovalEvent,
  type PolicyEvent,
  type RequestEvent,
  type RoleScheduleEvent,
  type ScheduleOrder,
} from '@pim/contracts';
import { roleSchedule } from '@pim/assignments/domain';
import type { StreamView } from '@pim/engine';
import { policyStreamId } from '@pim/platform';
import {
  groupPolicyDecider,
  groupPolicyHistoryView,
  groupPolicyView,
  policyDecider,
  policyHistoryView,
  policyView,
  requestDecider,
  requestView,
  roleView,
  type Policy,
  type PolicyHistory,
  type Request,
  type RoleView,
} from '@pim/requests/domain';
import { requestDocumentView, type RequestDocument } from './schedule-requests/requests.projection';

/** What this context owns. */
export const requestAggregate = { stream: requestStream, decider: requestDecider };
const policyAggregate = { stream: policyStream, decider: policyDecider };
const groupPolicyAggregate = { stream: policyStream, decider: groupPolicyDecider };

/** The guard of a role, which `assignments` owns: written from here for emergency access alone (ADR 0034). */
export const guardAggregate = { stream: roleScheduleStream, decider: roleSchedule };

/** A request as clients see it, from the log instead of its read model. */
export const requestDocumentsInLog: StreamView<RequestDocument | null, RequestEvent> = {
  stream: requestStream,
  view: requestDocumentView,
};

/** What a request was accepted with; null: it was not. */
export const ordersInLog: StreamView<ScheduleOrder | null, RequestEvent> = {
  stream: requestStream,
  view: { initial: null, evolve: (order, event) => (event.type === 'RequestSubmitted' ? event.data.order : order) },
};

/** What it reads to judge. */
export const requests: StreamView<Request, RequestEvent> = { stream: requestStream, view: requestView };
const policies: StreamView<Policy, PolicyEvent> = { stream: policyStream, view: policyView };
const groupPolicies: StreamView<Policy, PolicyEvent> = { stream: policyStream, view: groupPolicyView };

const policyHistories: StreamView<PolicyHistory, PolicyEvent> = { stream: policyStream, view: policyHistoryView };
const groupPolicyHistories: StreamView<PolicyHistory, PolicyEvent> = {
  stream: policyStream,
  view: groupPolicyHistoryView,
};

/** The settings that govern a role at a scope, or a relationship to a group, which has settings of its own. */
export const policyFor = (role: Pick<ScheduleOrder, 'roleDefinitionId' | 'directoryScopeId'>) => {
  const id = policyStreamId(role);
  return accessIdOf(role.roleDefinitionId) === null
    ? { view: policies, history: policyHistories, aggregate: policyAggregate, id }
    : { view: groupPolicies, history: groupPolicyHistories, aggregate: groupPolicyAggregate, id };
};

export const rolesAsSeenHere: StreamView<RoleView, RoleScheduleEvent> = { stream: roleScheduleStream, view: roleView };

/** Whether the default approvers were asked as well, because those who are named could not settle an approval. */
export const fallenBack: StreamView<boolean, ApprovalEvent> = {
  stream: approvalStream,
  view: { initial: false, evolve: (before, { type }) => before || type === 'ApprovalFellBack' },
};
