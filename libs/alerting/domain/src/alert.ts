import type { AlertEvent } from '@pim/contracts';
import { unreachable } from '@pim/kernel';

/** One alert. It can be triggered again after it was resolved. */
export interface AlertState {
  readonly status: 'absent' | 'active' | 'resolved';
}

export const initial: AlertState = { status: 'absent' };

/** The one alert of a role about its last administrator; also the id part of the stream's name. */
export const lastAdministratorAlertId = (roleDefinitionId: string): string => `LastAdministrator_${roleDefinitionId}`;

/** What an event changes: the last one counts. */
export const evolve = (_state: AlertState, event: AlertEvent): AlertState => {
  switch (event.type) {
    case 'AlertTriggered':
      return { status: 'active' };
    case 'AlertResolved':
      return { status: 'resolved' };
    default:
      return unreachable(event);
  }
};
