import type { ScheduleAction } from '@pim/contracts';
import { Rejection } from '@pim/kernel';
import { invalidRequest, supportedActions, type Ask, type Facts } from './ask';

/** A request of a caller who may make it, about things that exist: what the rules are then asked about. */
export type AdmittedAsk = Ask & { readonly action: ScheduleAction; readonly directoryScopeId: string };

const isSupported = (ask: Ask): ask is Ask & { readonly action: ScheduleAction } =>
  supportedActions.some((action) => action === ask.action);

const isSelf = (action: ScheduleAction): boolean => action === 'selfActivate' || action === 'selfDeactivate';

const denied = (message: string): Rejection => new Rejection('forbidden', 'Authorization_RequestDenied', message);

const refuseStranger = ({ action, principalId }: AdmittedAsk, { caller }: Facts): void => {
  if (!isSelf(action) && !caller.isAdministrator) throw denied('Insufficient privileges to complete the operation.');
  if (isSelf(action) && (caller.actor.kind !== 'user' || caller.actor.id !== principalId))
    throw denied(`${action} is for the signed-in user only: principalId must be the caller's own object id.`);
};

/** Step 2 of reference §4.5: what can be seen in the body alone. */
const wellFormed = (ask: Ask): AdmittedAsk => {
  if (!isSupported(ask))
    throw invalidRequest(`the action ${ask.action} is not supported yet; use one of ${supportedActions.join(', ')}.`);
  if (isSelf(ask.action) && ask.kind === 'eligibility')
    throw invalidRequest(`${ask.action} is an action of roleAssignmentScheduleRequests; send it there.`);
  const { directoryScopeId, appScopeId } = ask;
  if ((directoryScopeId === null) === (appScopeId === null))
    throw invalidRequest('give exactly one of directoryScopeId and appScopeId.');
  return { ...ask, directoryScopeId: directoryScopeId ?? '' };
};

/**
 * Steps 2 to 4 of reference §4.5. Throws a Rejection, of which nothing is recorded, for a body that makes no sense, a
 * caller who may not do this, or a role, principal or scope that does not exist.
 */
export const admit = (ask: Ask, facts: Facts): AdmittedAsk => {
  const admitted = wellFormed(ask);
  refuseStranger(admitted, facts);
  if (!facts.roleExists)
    throw new Rejection('invalid', 'RoleNotFound', `The role ${ask.roleDefinitionId} is not found.`);
  if (!facts.principal.known)
    throw new Rejection('invalid', 'SubjectNotFound', `The subject ${ask.principalId} is not found.`);
  if (admitted.appScopeId !== null)
    throw new Rejection('invalid', 'InvalidScope', 'appScopeId is not for directory roles; give directoryScopeId.');
  if (admitted.directoryScopeId !== '/')
    throw new Rejection('invalid', 'InvalidScope', 'The only scope supported is the tenant: directoryScopeId "/".');
  return admitted;
};
