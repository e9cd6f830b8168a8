import { requestStream } from '@pim/contracts';
import { Rejection, type DomainCommand, type DomainEvent } from '@pim/kernel';
import type { Aggregate, CommandContext, EventStore, Executed, Journal, NewEvent, Tracing } from '@pim/engine';
import type { Log } from './log';
import type { Observe } from './observe';
import { traced, traceIdOf } from './traced';

/** Events with which a request comes to its end, as Graph names the status; a refused one never becomes a request there. */
const statuses: Readonly<Record<string, string>> = {
  RequestRefused: 'Refused',
  RequestProvisioned: 'Provisioned',
  RequestGranted: 'Granted',
  RequestRevoked: 'Revoked',
  RequestDenied: 'Denied',
  ExtensionDenied: 'Denied',
  RequestLapsed: 'Lapsed',
  RequestCanceled: 'Canceled',
  RequestFailed: 'Failed',
};

const kindOf = ({ data }: DomainEvent): string => ('kind' in data && typeof data.kind === 'string' ? data.kind : '');

/** Each event is recorded by one process, so none is counted twice. */
const countOutcomes = ({ metrics }: Observe, events: readonly DomainEvent[]): void => {
  for (const event of events) {
    const status = statuses[event.type];
    if (status) metrics.outcomes.inc({ kind: kindOf(event), status });
  }
};

type Execute = Journal['execute'];

const aboutCommand = (stream: string, { correlationId, commandId, actor, traceparent }: CommandContext) => ({
  correlationId,
  commandId,
  actor: actor.id,
  stream,
  ...(traceparent ? { traceId: traceIdOf(traceparent) } : {}),
});

const tellRecorded = (log: Log, about: () => object, events: readonly DomainEvent[]): void => {
  if (log.isLevelEnabled('debug'))
    log.debug({ ...about(), events: events.map(({ type }) => type) }, 'command carried out');
};

/** A refusal is an answer; anything else will be tried again, or has been answered 5xx. */
const tellFailed = (log: Log, about: () => object, err: unknown): void => {
  if (err instanceof Rejection) log.debug({ ...about(), code: err.code }, 'command refused');
  else log.info({ ...about(), err }, 'command failed');
};

/** What came in begins a trace, and so does a deadline: nobody's is open days later. Set-up would begin hundreds. */
const isTraced = ({ traceparent, actor }: CommandContext): boolean =>
  traceparent !== undefined || actor.id.startsWith('system:deadline/');

/** A command under a span of its own, which what it records names as its cause. */
const tracedCommand = (tracing: Tracing, journal: Journal): Execute => {
  return <S, C extends DomainCommand, E extends DomainEvent>(
    aggregate: Aggregate<S, C, E>,
    id: string,
    command: C,
    context: CommandContext,
  ): Promise<Executed<S, E>> => {
    if (!isTraced(context)) return journal.execute(aggregate, id, command, context);
    const attributes = {
      'openpim.stream': `${aggregate.stream.category}-${id}`,
      'openpim.command.id': context.commandId,
      'openpim.correlation_id': context.correlationId,
    };
    const span = tracing.start(`decide ${command.type}`, { kind: 'internal', parent: context.traceparent, attributes });
    return traced(span, () => journal.execute(aggregate, id, command, { ...context, traceparent: span.traceparent }));
  };
};

/** The same journal; what commands come to is counted, logged and traced. */
export const observedJournal = (journal: Journal, observe: Observe): Journal => {
  const { log, tracing } = observe;
  const execute: Execute = tracing ? tracedCommand(tracing, journal) : (...asked) => journal.execute(...asked);
  return {
    load: (view, id) => journal.load(view, id),
    execute: async (aggregate, id, command, context) => {
      const { category } = aggregate.stream;
      const about = () => aboutCommand(`${category}-${id}`, context);
      try {
        const executed = await execute(aggregate, id, command, context);
        if (category === requestStream.category) countOutcomes(observe, executed.events);
        tellRecorded(log, about, executed.events);
        return executed;
      } catch (error) {
        tellFailed(log, about, error);
        throw error;
      }
    },
  };
};

/** Appends of several commands at once belong to the trace of the first; the others' spans say how long they took as well. */
const appendSpan = (tracing: Tracing, stream: string, events: readonly NewEvent[]) => {
  const parent = events[0]?.metadata.traceparent;
  const attributes = { 'openpim.stream': stream, 'openpim.events': events.length };
  return parent === undefined ? null : tracing.start('append', { kind: 'client', parent, attributes });
};

/** What a journal needs of the store; appends are traced. */
export const observedAppends = (store: EventStore, { tracing }: Observe): Pick<EventStore, 'append' | 'read'> => {
  if (!tracing) return store;
  return {
    read: (stream, options) => store.read(stream, options),
    append: async (stream, events, expected) => {
      const span = appendSpan(tracing, stream, events);
      const append = () => store.append(stream, events, expected);
      return span ? traced(span, append) : append();
    },
  };
};
