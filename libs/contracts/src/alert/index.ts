import type { DomainEvent } from '@pim/kernel';
import { contract, type StreamContract } from '../contract';
import type { Instant } from '../vocabulary';

/**
 * Recorded when a role that must never be without an administrator is down to its last permanent one.
 * Not recorded again when the one left is somebody else than before.
 */
export type AlertTriggered = DomainEvent<
  'AlertTriggered',
  {
    alertId: string;
    name: 'LastAdministrator';
    severity: 'high' | 'medium' | 'low';
    roleDefinitionId: string;
    holders: readonly string[];
    at: Instant;
  }
>;

/** Recorded when there are at least two again. Not recorded when the one left is somebody else than before. */
export type AlertResolved = DomainEvent<'AlertResolved', { alertId: string; at: Instant }>;

export type AlertEvent = AlertTriggered | AlertResolved;

/** Stream `alert-<alertId>`. */
export const alertStream: StreamContract<AlertEvent['type']> = {
  category: 'alert',
  context: 'alerting',
  events: [contract('AlertTriggered'), contract('AlertResolved')],
};
