import { auditRecord, type AuditedEvent, type DirectoryAudit } from '@pim/audit/domain';
import {
  alertStream,
  approvalStream,
  emergencyReviewStream,
  policyStream,
  principalStream,
  requestStream,
  roleDefinitionStream,
  roleScheduleStream,
} from '@pim/contracts';
import type { Projection } from '@pim/engine';

/** A record, and where it is in the log: records of one millisecond keep their order. */
export interface AuditDocument extends DirectoryAudit {
  readonly sequence: number;
}

/** Every event of every stream as an audit record, one at most per event. */
export const directoryAudits: Projection<AuditDocument, AuditedEvent> = {
  collection: 'audit.directoryAudits',
  sources: [
    roleDefinitionStream,
    principalStream,
    policyStream,
    requestStream,
    approvalStream,
    emergencyReviewStream,
    roleScheduleStream,
    alertStream,
  ],
  keys: (_event, recorded) => [`${recorded.stream}/${recorded.revision}`],
  evolve: (_document, event, recorded) => {
    const record = auditRecord(event, recorded);
    return record && { ...record, sequence: Number(recorded.position) };
  },
};
