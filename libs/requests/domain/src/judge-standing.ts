import type { ScheduleAction, ScheduleOrder } from '@pim/contracts';
import type { Facts, Refusal } from './ask';
import { heldBy, isActiveOrScheduled, isEligible, type Held, type Hold } from './role-view';

/** Gives a role or eligibility, or more of it; the other actions end one. */
export const isGrant = (action: ScheduleAction): boolean => action !== 'adminRemove' && action !== 'selfDeactivate';

/** Makes something new; the other actions are about what is there. */
export const isCreation = (action: ScheduleAction): boolean => action === 'adminAssign' || action === 'selfActivate';

/** Brings back what has ended: only the guard remembers that, and its forecast says whether there is anything. */
export const isRenewal = (action: ScheduleAction): boolean => action === 'adminRenew' || action === 'selfRenew';

/** Asks for more of what was given, which an administrator decides (reference §4.10). */
export const awaitsAdministrator = (action: ScheduleAction): boolean =>
  action === 'selfExtend' || action === 'selfRenew';

const invalid = (why: string): Refusal => ({
  code: 'InvalidRoleAssignmentRequest',
  message: `The role assignment request is invalid: ${why}`,
});

const doesNotExist: Refusal = {
  code: 'RoleAssignmentDoesNotExist',
  message: 'The Role assignment does not exist.',
};

/** The scope of an activation is the eligibility's, character by character (reference §4.6). */
const otherScope: Refusal = {
  code: 'InvalidScope',
  message: 'The eligibility is for another scope: directoryScopeId must be the same as that of the eligibility.',
};

const exists: Refusal = { code: 'RoleAssignmentExists', message: 'The Role assignment already exists.' };

const pending: Refusal = {
  code: 'PendingRoleAssignmentRequest',
  message: 'There is already a pending role assignment request. Wait until it is decided, or cancel it.',
};

/** Groups and applications of the wrong sort (reference §1.9, §4.14). */
const unfitSort = ({ kind }: ScheduleOrder, { isOfGroup, principal }: Facts): Refusal | null => {
  if (principal.type === 'group' && !principal.isAssignableToRole)
    return invalid(
      isOfGroup
        ? 'a group can be eligible in another one, or a member, but not own it; a role-assignable group takes only role-assignable groups, and those as eligible.'
        : 'the group is not role-assignable (isAssignableToRole).',
    );
  if (principal.type === 'servicePrincipal' && kind === 'eligibility')
    return invalid('a service principal cannot be eligible, because it cannot activate; assign it as active.');
  return null;
};

/** Who can be given nothing: disabled accounts and roles, principals of the wrong sort. */
export const unfit = (order: ScheduleOrder, facts: Facts): Refusal | null => {
  if (!isGrant(order.action)) return null;
  if (!facts.roleEnabled) return invalid('the role is disabled.');
  if (!facts.principal.enabled) return invalid('the account of the principal is disabled.');
  return unfitSort(order, facts);
};

/** How the action's principal must, or must not, already have the role. */
const holdOf = ({ kind, action }: ScheduleOrder): Hold => {
  if (action === 'selfDeactivate') return 'activated';
  return kind === 'eligibility' ? 'eligible' : 'assigned';
};

const isTarget = ({ targetScheduleId }: ScheduleOrder, { scheduleId }: Held): boolean =>
  targetScheduleId === null || targetScheduleId === scheduleId;

/** Step 5 of reference §4.5: what an action builds on is there. An eligibility must be in effect at the start asked for. */
export const missing = (order: ScheduleOrder, { now, role, principal, isEligibleElsewhere }: Facts): Refusal | null => {
  const { action, principalId, startDateTime } = order;
  if (action === 'adminAssign' || isRenewal(action)) return null;
  const found =
    action === 'selfActivate'
      ? isEligible(role, [principalId, ...principal.groupIds], startDateTime ?? now)
      : heldBy(role, holdOf(order), principalId, now).some((held) => isTarget(order, held));
  if (found) return null;
  return action === 'selfActivate' && isEligibleElsewhere ? otherScope : doesNotExist;
};

const isThere = (order: ScheduleOrder, { now, role }: Facts): boolean => {
  const { action, principalId } = order;
  if (action === 'selfActivate') return isActiveOrScheduled(role, principalId, now);
  return (action === 'adminAssign' || isRenewal(action)) && heldBy(role, holdOf(order), principalId, now).length > 0;
};

/** Step 6 of reference §4.5: nobody gets twice what they have or have asked for (reference §4.7). */
export const duplicate = (order: ScheduleOrder, facts: Facts): Refusal | null => {
  if (isThere(order, facts)) return exists;
  const waits = order.action === 'selfActivate' || awaitsAdministrator(order.action);
  return facts.pendingRequestExists && waits ? pending : null;
};
