import type { RecordedEvent } from '@pim/engine';

let counter = 0;

/** A stream, or a group, that nobody has used before. */
export const unused = (prefix: string): string => `${prefix}${Date.now().toString(36)}${process.pid}n${(counter += 1)}`;

/** An event for tests; the same stream and revision give the same event. */
export const eventOf = (stream: string, revision = 0): RecordedEvent => ({
  id: `${stream}@${revision}`,
  type: 'Happened',
  version: 1,
  data: { revision, at: '2026-03-01T08:59:59.000Z' },
  metadata: {
    actor: { id: 'f2c5…ada', kind: 'user' },
    authentication: null,
    correlationId: 'correlation',
    causationId: 'command',
  },
  stream,
  revision,
  position: BigInt(revision),
  recordedAt: '2026-03-01T09:00:00.000Z',
});

/** Fails by the test's own time limit. */
export const eventually = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
};
