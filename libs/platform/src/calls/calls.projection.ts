import {
  alertStream,
  approvalStream,
  delegationStream,
  consumerStream,
  policyStream,
  principalStream,
  requestStream,
  roleDefinitionStream,
  roleScheduleStream,
  separationOfDutyStream,
} from '@pim/contracts';
import type { Projection } from '@pim/engine';
import { callIn, type KnownCall } from './call';

/** The last call under each key, from the ids of the commands on record. A call that recorded nothing is not in it. */
export const calls: Projection<KnownCall> = {
  collection: 'platform.calls',
  sources: [
    alertStream,
    approvalStream,
    delegationStream,
    consumerStream,
    policyStream,
    principalStream,
    requestStream,
    roleDefinitionStream,
    roleScheduleStream,
    separationOfDutyStream,
  ],
  keys: (_event, { metadata }) => {
    const call = callIn(metadata.causationId);
    return call ? [call.key] : [];
  },
  evolve: (document, _event, { metadata, recordedAt }) => {
    const call = callIn(metadata.causationId);
    return call && (document?.use ?? 0) < call.use ? { ...call, at: recordedAt } : document;
  },
};
