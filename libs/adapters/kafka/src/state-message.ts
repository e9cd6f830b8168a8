import type { StateName } from '@pim/contracts';
import type { State } from '@pim/engine';
import { canonicalJson } from '@pim/kernel';
import { tookEffectAt } from './cloud-event';
import type { OutgoingMessage } from './message';

/**
 * What holds as a CloudEvent 1.0 in binary mode, for a compacted topic; nothing left is a tombstone with the same headers.
 * Its id is that of the event that made it so, which is told apart from the event itself by the source.
 */
export const toStateMessage = (name: StateName, { key, value, cause }: State): OutgoingMessage => ({
  key,
  value: value && canonicalJson(value),
  headers: {
    'content-type': 'application/json',
    ce_specversion: '1.0',
    ce_id: cause.id,
    ce_source: `/openpim/${name}`,
    ce_subject: key,
    ce_type: `io.openpim.${name}.v1`,
    ce_time: tookEffectAt(cause),
    ce_recordedtime: cause.recordedAt,
    ce_partitionkey: key,
    ce_correlationid: cause.metadata.correlationId,
    ce_causationid: cause.id,
  },
});
