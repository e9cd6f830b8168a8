import type { ScheduleAction } from '@pim/contracts';
import { Rejection } from '@pim/kernel';
import { deniedCode, invalidRequest, type Ask, type Facts, type Refusal } from './ask';

/** A request whose body makes sense by itself. */
export type AdmittedAsk = Ask & { readonly directoryScopeId: string };

/** Whether only the principal itself may ask for it. */
const isSelf = (action: ScheduleAction): boolean => action.startsWith('self');

/** Whether it gives other times to what is there, or brings it back: such a request must say until when. */
const needsEnd = (action: ScheduleAction): boolean => /(?:Update|Extend|Renew)$/.test(action);

const hasEnd = ({ schedule }: Ask): boolean => schedule !== null && schedule.expiration.type !== 'notSpecified';

const denied = (message: string): Refusal => ({ code: deniedCode, message });

/** Step 3 of reference §4.5: who may not ask for this (reference §4.3). An auditor will want to know who tried. */
export const strangerRefusal = ({ action, principalId }: AdmittedAsk, { caller }: Facts): Refusal | null => {
  if (!isSelf(action))
    return caller.isAdministrator ? null : denied('Insufficient privileges to complete the operation.');
  return caller.actor.kind === 'user' && caller.actor.id === principalId
    ? null
    : denied(`${action} is for the signed-in user only: principalId must be the caller's own object id.`);
};

/** What only some actions may say, or be sent to. */
const refuseMisplaced = ({ action, kind, isEmergency }: Ask): void => {
  if ((action === 'selfActivate' || action === 'selfDeactivate') && kind === 'eligibility')
    throw invalidRequest(`${action} is an action of roleAssignmentScheduleRequests; send it there.`);
  if (isEmergency && action !== 'selfActivate') throw invalidRequest('isEmergency is for selfActivate.');
};

/** Step 2 of reference §4.5: what can be seen in the body alone. Throws a Rejection for a body that makes no sense. */
export const wellFormed = (ask: Ask): AdmittedAsk => {
  refuseMisplaced(ask);
  const { directoryScopeId, appScopeId } = ask;
  if ((directoryScopeId === null) === (appScopeId === null))
    throw invalidRequest('give exactly one of directoryScopeId and appScopeId.');
  // Without it the change would be permanent, which nobody means by leaving something out.
  if (needsEnd(ask.action) && !hasEnd(ask))
    throw new Rejection(
      'invalid',
      'InvalidRoleAssignmentRequestSchedule',
      `The schedule of the request is invalid: ${ask.action} needs scheduleInfo.expiration with a type.`,
    );
  return { ...ask, directoryScopeId: directoryScopeId ?? '' };
};

/** Step 4 of reference §4.5. Throws a Rejection for a role, group or principal that does not exist. */
const requireSubject = (ask: AdmittedAsk, { roleExists, isOfGroup, principal }: Facts): void => {
  if (!roleExists && isOfGroup)
    throw new Rejection('not-found', 'ResourceNotFound', `The group ${ask.directoryScopeId} is not found.`);
  if (!roleExists) throw new Rejection('invalid', 'RoleNotFound', `The role ${ask.roleDefinitionId} is not found.`);
  if (!principal.known)
    throw new Rejection('invalid', 'SubjectNotFound', `The subject ${ask.principalId} is not found.`);
};

/** The text of Microsoft's service (reference §4.6). */
const notScopable = 'The given built-in role is not supported to be assigned to a single resource scope.';

/** The same for where it is asked for, and for a role that cannot be held there. */
export const requireKnown = (ask: AdmittedAsk, facts: Facts): void => {
  requireSubject(ask, facts);
  if (ask.appScopeId !== null)
    throw new Rejection('invalid', 'InvalidScope', 'appScopeId is not for directory roles; give directoryScopeId.');
  if (!facts.scope.isKnown)
    throw new Rejection(
      'invalid',
      'InvalidScope',
      'There is no such scope: directoryScopeId is "/", "/administrativeUnits/{id}" or "/{objectId}".',
    );
  if (!facts.scope.isAllowed) throw new Rejection('invalid', 'Request_BadRequest', notScopable);
};
