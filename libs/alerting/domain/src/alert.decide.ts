import type { AlertEvent, Instant } from '@pim/contracts';
import type { Decider, DomainCommand } from '@pim/kernel';
import { evolve, initial, lastAdministratorAlertId, type AlertState } from './alert';
import { decideEmergency, type EmergencyCommand } from './alert.emergency';

/**
 * What is known of a protected role now: `holders` are the users who hold it directly, permanently and already
 * (`permanentHolders`), in any order, each of them any number of times.
 */
export type ObserveHolders = DomainCommand<
  'ObserveHolders',
  { roleDefinitionId: string; holders: readonly string[]; now: Instant }
>;

export type AlertCommand = ObserveHolders | EmergencyCommand;

/**
 * Never refuses. No holder at all is silence: that is a role nobody was given yet, and the guard stream does not let a
 * protected role come back to it (reference §4.11).
 */
const observe = ({ data }: ObserveHolders, state: AlertState): readonly AlertEvent[] => {
  const { roleDefinitionId, now } = data;
  const alertId = lastAdministratorAlertId(roleDefinitionId);
  const holders = [...new Set(data.holders)].sort();
  if (holders.length > 1)
    return state.status === 'active' ? [{ type: 'AlertResolved', data: { alertId, at: now } }] : [];
  if (holders.length === 0 || state.status === 'active') return [];
  return [
    {
      type: 'AlertTriggered',
      data: { alertId, name: 'LastAdministrator', severity: 'high', roleDefinitionId, holders, at: now },
    },
  ];
};

const decide = (command: AlertCommand, state: AlertState): readonly AlertEvent[] =>
  command.type === 'ObserveHolders' ? observe(command, state) : decideEmergency(command, state);

/**
 * Stream `alert-<alertId>`: whether a role that must never be without an administrator is down to its last one, or whether
 * somebody's emergency access has not been reviewed.
 */
export const alert: Decider<AlertState, AlertCommand, AlertEvent> = { initial, evolve, decide };
