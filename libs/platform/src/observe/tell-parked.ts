import type { Parked } from '@pim/engine';
import type { Log } from './log';

/** One line: who could not handle what, and why. */
export const tellParked =
  (log: Log) =>
  ({ group, event, reason }: Parked): void => {
    const { id, type, version, stream, revision, metadata } = event;
    log.error(
      { group, eventId: id, stream, revision, correlationId: metadata.correlationId },
      `${group} set aside ${type} v${version} (${stream}, revision ${revision}): ${reason.replace(/\s+/g, ' ')}`,
    );
  };
