import type { AlertEvent, Instant } from '@pim/contracts';
import type { DomainCommand } from '@pim/kernel';
import type { AlertState } from './alert';

/** Each request for emergency access has an alert of its own; also the id part of the stream's name. */
export const emergencyAlertId = (requestId: string): string => `EmergencyAccess_${requestId}`;

interface Emergency {
  readonly requestId: string;
  readonly roleDefinitionId: string;
  readonly principalId: string;
  readonly now: Instant;
}

/** Somebody activated in an emergency. */
export type ReportEmergency = DomainCommand<'ReportEmergency', Emergency>;

/** Somebody else has looked at it, whatever they make of it. */
export type ReportReview = DomainCommand<'ReportReview', Emergency>;

export type EmergencyCommand = ReportEmergency | ReportReview;

const triggered = ({ requestId, roleDefinitionId, principalId, now }: Emergency): AlertEvent => ({
  type: 'AlertTriggered',
  data: {
    alertId: emergencyAlertId(requestId),
    name: 'EmergencyAccess',
    severity: 'high',
    roleDefinitionId,
    holders: [principalId],
    at: now,
  },
});

/**
 * One alert per emergency, until it is reviewed. The review comes from another stream and may be heard of first: there is
 * an alert even so.
 */
export const decideEmergency = ({ type, data }: EmergencyCommand, { status }: AlertState): readonly AlertEvent[] => {
  const alert = status === 'absent' ? [triggered(data)] : [];
  if (type === 'ReportEmergency' || status === 'resolved') return alert;
  return [...alert, { type: 'AlertResolved', data: { alertId: emergencyAlertId(data.requestId), at: data.now } }];
};
