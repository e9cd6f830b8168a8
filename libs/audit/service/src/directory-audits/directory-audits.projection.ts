import { auditRecord, type AuditedEvent, type DirectoryAudit } from '@pim/audit/domain';
import {
  alertStream,
  approvalStream,
  delegationStream,
  consumerStream,
  emergencyReviewStream,
  policyStream,
  principalStream,
  requestStream,
  roleDefinitionStream,
  roleScheduleStream,
  separationOfDutyStream,
} from '@pim/contracts';
import { ascending, type Order, type Projection } from '@pim/engine';

/** A record, and where it is in the log: records of one millisecond keep their order. */
export interface AuditDocument extends DirectoryAudit {
  readonly sequence: number;
}

/** The trail from its beginning or from its end; what is of one instant in the order of the log. */
const byTime = (direction: 1 | -1): Order => [
  ['activityDateTime', direction],
  ['sequence', direction],
  ['id', 1],
];

/** Every event of every stream as an audit record, one at most per event. */
export const directoryAudits: Projection<AuditDocument, AuditedEvent> = {
  collection: 'audit.directoryAudits',
  indexes: [ascending('sequence', 'id'), byTime(1), byTime(-1)],
  sources: [
    roleDefinitionStream,
    principalStream,
    policyStream,
    requestStream,
    approvalStream,
    delegationStream,
    emergencyReviewStream,
    roleScheduleStream,
    separationOfDutyStream,
    alertStream,
    consumerStream,
  ],
  keys: (_event, recorded) => [`${recorded.stream}/${recorded.revision}`],
  evolve: (_document, event, recorded) => {
    const record = auditRecord(event, recorded);
    return record && { ...record, sequence: Number(recorded.position) };
  },
};
