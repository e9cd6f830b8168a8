import {
  isEnabled,
  roleDefinition,
  type OrderFacts,
  type RoleDefinitionState,
  type RoleScheduleState,
} from '@pim/assignments/domain';
import {
  isProtectedRole,
  roleDefinitionStream,
  roleScheduleId,
  type Instant,
  type RoleDefinitionEvent,
  type ScheduleOrder,
} from '@pim/contracts';
import type { Journal, StreamView } from '@pim/engine';
import { groupsOf, principalView, roleScheduleView } from './directory-roles';

/** The stream of one role definition. */
export const roleDefinitionView: StreamView<RoleDefinitionState, RoleDefinitionEvent> = {
  stream: roleDefinitionStream,
  view: roleDefinition,
};

/** The guard's state and the facts it judges an order under; `roleKnown` false means there is no such role. */
export interface OrderGround {
  readonly role: RoleScheduleState;
  readonly roleKnown: boolean;
  readonly facts: OrderFacts;
}

type Subject = Pick<ScheduleOrder, 'principalId' | 'roleDefinitionId' | 'directoryScopeId'>;

/**
 * Everything an order is judged by, from the log. The guard gathers it to decide, the requests service to forecast the
 * same decision.
 */
export const orderGround = async (journal: Journal, subject: Subject, now: Instant): Promise<OrderGround> => {
  const { principalId, roleDefinitionId, directoryScopeId } = subject;
  const [{ state: role }, { state: definition }, { state: principal }] = await Promise.all([
    journal.load(roleScheduleView, roleScheduleId(roleDefinitionId, directoryScopeId)),
    journal.load(roleDefinitionView, roleDefinitionId),
    journal.load(principalView, principalId),
  ]);
  // An administrative unit is where roles are held, never who holds them.
  const known = principal.status === 'known' && principal.principalType !== 'administrativeUnit';
  return {
    role,
    roleKnown: definition.status === 'known',
    facts: {
      now,
      principalType: principal.status === 'absent' ? 'user' : principal.principalType,
      principalEnabled: isEnabled(principal),
      groupIds: await groupsOf(journal, role, principalId),
      isProtected: isProtectedRole(roleDefinitionId, directoryScopeId),
      roleEnabled: definition.status === 'known' && definition.isEnabled,
      isAssignableToRole: known && principal.isAssignableToRole,
      isPrincipalKnown: known,
    },
  };
};
