import type { DomainEvent } from '@pim/kernel';
import { contract, type StreamContract } from '../contract';
import type { Instant } from '../vocabulary';

/**
 * Recorded when a role that must never be without an administrator is down to its last permanent one, and each time that
 * somebody activates in an emergency. Not recorded again when the one left is somebody else than before.
 */
export type AlertTriggered = DomainEvent<
  'AlertTriggered',
  {
    alertId: string;
    name: 'LastAdministrator' | 'EmergencyAccess';
    severity: 'high' | 'medium' | 'low';
    roleDefinitionId: string;
    /** The last administrator; for an emergency the person who activated. */
    holders: readonly string[];
    at: Instant;
  }
>;

interface AlertTriggeredV1 extends Omit<AlertTriggered['data'], 'name'> {
  name: 'LastAdministrator';
}

/** v1 (2026-11): there was one alert. v2 can be about emergency access. */
const alertTriggeredV1toV2 = (v1: AlertTriggeredV1): AlertTriggered['data'] => v1;

/**
 * Recorded when there are at least two administrators again, or when an emergency was reviewed.
 * Not recorded when the one left is somebody else than before.
 */
export type AlertResolved = DomainEvent<'AlertResolved', { alertId: string; at: Instant }>;

export type AlertEvent = AlertTriggered | AlertResolved;

/** Stream `alert-<alertId>`. */
export const alertStream: StreamContract<AlertEvent['type']> = {
  category: 'alert',
  context: 'alerting',
  events: [contract('AlertTriggered', alertTriggeredV1toV2), contract('AlertResolved')],
};
