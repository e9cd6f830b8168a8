import { embeddedDocuments } from '@pim/adapters/embedded';
import type { Ports } from '@pim/platform';
import { assignmentInstances, type TestServer } from './server';

type EventStore = Ports['eventStore'];

/** An event as the log holds it. */
export type Recorded = Awaited<ReturnType<EventStore['readAll']>>[number];

/** The whole log, or what came after a position. */
export const readLog = async (
  eventStore: Pick<EventStore, 'readAll'>,
  after: Recorded['position'] | 'start' = 'start',
): Promise<readonly Recorded[]> => {
  const log: Recorded[] = [];
  for (;;) {
    const page = await eventStore.readAll({ after: log.at(-1)?.position ?? after, limit: 10_000 });
    if (page.length === 0) return log;
    log.push(...page);
  }
};

/** Types of the events of one stream. */
export const typesOf = (log: readonly Recorded[], stream: string): readonly string[] =>
  log.filter((event) => event.stream === stream).map(({ type }) => type);

/** What an event says about one schedule. */
export const scheduleIdOf = ({ data }: Recorded): unknown => (data as { readonly scheduleId?: unknown }).scheduleId;

/** Every event is there once, and every stream counts from 0 without a gap (invariants 12 and 13). */
export const expectSoundLog = (log: readonly Recorded[]): void => {
  const next = new Map<string, number>();
  for (const { stream, revision } of log) {
    if (revision !== (next.get(stream) ?? 0)) throw new Error(`${stream} has a gap before revision ${revision}`);
    next.set(stream, revision + 1);
  }
  expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
  expect(log.every(({ position }, n) => n === 0 || position > (log[n - 1]?.position ?? 0n))).toBe(true);
};

/** L1 and invariant 19: every read model is what the log says, no matter how it came about. */
export const expectRebuildToEqual = async ({ running }: TestServer): Promise<void> => {
  const rebuilt = embeddedDocuments();
  await running.runtime.rebuildInto(rebuilt);
  for (const collection of running.runtime.collections) {
    const fresh = await rebuilt.find(collection, { filter: {} });
    const live = await running.documents.find(collection, { filter: {} });
    // Comparing a hundred thousand documents one by one takes half a minute, and is needed only for the message.
    if (JSON.stringify(live) !== JSON.stringify(fresh)) expect([collection, live]).toEqual([collection, fresh]);
  }
};

interface Granted {
  readonly scheduleId: string;
  readonly start: string;
  readonly end: string | null;
}

/** Ids of the assignments in effect, by log and clock. */
const activeIn = (log: readonly Recorded[], now: string): readonly string[] => {
  const ends = /^Assignment(Removed|Deactivated|Expired)$/;
  const ended = new Set(log.filter(({ type }) => ends.test(type)).map(scheduleIdOf));
  return log
    .filter(({ type }) => type === 'AssignmentGranted')
    .map(({ data }) => data as Granted)
    .filter(({ scheduleId, start, end }) => !ended.has(scheduleId) && start <= now && (end === null || now < end))
    .map(({ scheduleId }) => scheduleId);
};

/** S2: everybody who is answered "active" is so by log and clock, and nobody is missing. */
export const expectActiveAsLogged = async (server: TestServer): Promise<void> => {
  const { body } = await server.call('sam', 'GET', `${assignmentInstances}?$top=999`);
  const answered = body.value?.map((instance) => instance['roleAssignmentScheduleId']);
  expect(answered?.sort()).toEqual([...activeIn(await readLog(server.ports.eventStore), server.clock.now())].sort());
};
