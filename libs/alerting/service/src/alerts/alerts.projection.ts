import { alertStream, type AlertEvent, type Instant } from '@pim/contracts';
import type { Projection } from '@pim/engine';

/** An alert in Graph's shape (reference §1.10). */
export interface AlertDocument {
  readonly id: string;
  readonly alertDefinitionId: string;
  readonly incidentCount: number;
  readonly isActive: boolean;
  readonly lastModifiedDateTime: Instant;
  readonly lastScannedDateTime: Instant;
  readonly scopeId: '/';
  readonly scopeType: 'DirectoryRole';
}

const alertOf = (id: string, isActive: boolean, at: Instant): AlertDocument => ({
  id,
  alertDefinitionId: id,
  incidentCount: isActive ? 1 : 0,
  isActive,
  lastModifiedDateTime: at,
  lastScannedDateTime: at,
  scopeId: '/',
  scopeType: 'DirectoryRole',
});

export const alertDocuments: Projection<AlertDocument, AlertEvent> = {
  collection: 'alerting.alerts',
  sources: [alertStream],
  keys: (event) => [event.data.alertId],
  evolve: (_document, { type, data }) => alertOf(data.alertId, type === 'AlertTriggered', data.at),
};
