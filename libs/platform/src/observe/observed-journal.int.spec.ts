import { requestStream } from '@pim/contracts';
import {
  createJournal,
  systemActor,
  type CommandContext,
  type Span,
  type SpanOptions,
  type Tracing,
} from '@pim/engine';
import { inMemoryEventStore } from '@pim/engine/contract';
import { Rejection, type DomainCommand, type DomainEvent } from '@pim/kernel';
import { createLog } from './log';
import { Metrics } from './metrics';
import type { Observe } from './observe';
import { observedAppends, observedJournal } from './observed-journal';

/** Asks for whatever it says, and gets it. */
const aggregate = {
  stream: requestStream,
  decider: {
    initial: 0,
    evolve: (count: number) => count + 1,
    decide: ({ type, data }: DomainCommand): readonly DomainEvent[] => {
      if (type === 'Fail') throw new RangeError('no');
      if (type === 'Refuse') throw new Rejection('conflict', 'request/not-now', 'Not now.');
      return [{ type, data }];
    },
  },
};

const noting = () => {
  const spans: (SpanOptions & { readonly name: string; readonly traceparent: string; end?: unknown })[] = [];
  const tracing: Tracing = {
    start: (name, options): Span => {
      const span = { name, traceparent: `${options.parent ?? 'new'}/${spans.length}`, ...options };
      spans.push(span);
      return { traceparent: span.traceparent, end: (more) => void Object.assign(span, { end: more ?? {} }) };
    },
    close: async () => undefined,
  };
  return { spans, tracing };
};

const start = (tracing: Tracing | null) => {
  const store = inMemoryEventStore();
  const lines: string[] = [];
  const write = (line: string): void => void lines.push(line);
  const log = createLog({ format: 'json', level: 'debug', fields: {}, secrets: [] }, { write });
  const observe: Observe = { log, metrics: new Metrics('test'), tracing };
  const journal = observedJournal(createJournal({ eventStore: observedAppends(store, observe) }), observe);
  return { store, observe, journal, lines };
};

const by = (commandId: string, more: Partial<CommandContext> = {}): CommandContext => ({
  ...{ commandId, correlationId: 'c', actor: { id: 'ada', kind: 'user' }, authentication: null },
  ...more,
});

const event = (type: string, kind = 'assignment') => ({ type, data: { kind } });

describe('an observed journal', () => {
  it('counts how requests end, each once', async () => {
    const { journal, observe } = start(null);
    await journal.execute(aggregate, '1', event('RequestProvisioned'), by('a'));
    await journal.execute(aggregate, '1', event('RequestProvisioned'), by('a'));
    await journal.execute(aggregate, '2', event('RequestDenied', 'eligibility'), by('b'));
    await journal.execute(aggregate, '3', event('RequestApproved'), by('c'));
    const counted = (await observe.metrics.text()).split('\n').filter((line) => /^openpim_request_outc/.test(line));
    expect(counted).toEqual([
      'openpim_request_outcomes_total{kind="assignment",status="Provisioned",service="test"} 1',
      'openpim_request_outcomes_total{kind="eligibility",status="Denied",service="test"} 1',
    ]);
  });

  it('tells what a command came to, under the id of the request that set it off', async () => {
    const { journal, lines } = start(null);
    await journal.execute(aggregate, '1', event('RequestApproved'), by('a'));
    await expect(journal.execute(aggregate, '1', event('Refuse'), by('b'))).rejects.toThrow('Not now.');
    await expect(journal.execute(aggregate, '1', event('Fail'), by('d'))).rejects.toThrow('no');
    const about = { correlationId: 'c', actor: 'ada', stream: 'request-1' };
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { ...about, level: 'debug', commandId: 'a', events: ['RequestApproved'], msg: 'command carried out' },
      { ...about, level: 'debug', commandId: 'b', code: 'request/not-now', msg: 'command refused' },
      { ...about, level: 'info', commandId: 'd', err: { message: 'no' }, msg: 'command failed' },
    ]);
  });

  it('gives what is recorded the context of its own command, also where commands are appended together', async () => {
    const { spans, tracing } = noting();
    const { journal, store } = start(tracing);
    await Promise.all(
      ['a', 'b', 'c'].map((one) =>
        journal.execute(aggregate, '1', event('RequestApproved'), by(one, { traceparent: one })),
      ),
    );
    const recorded = await store.read('request-1');
    expect(recorded.map(({ metadata }) => [metadata.causationId, metadata.traceparent])).toEqual([
      ['a', 'a/0'],
      ['b', 'b/1'],
      ['c', 'c/2'],
    ]);
    expect(spans.map(({ name }) => name)).toEqual(expect.arrayContaining(['decide RequestApproved', 'append']));
    expect(spans.every(({ end }) => end !== undefined)).toBe(true);
  });

  it('begins a trace for a deadline, none for what the system does besides, and tells which error a span ended with', async () => {
    const { spans, tracing } = noting();
    const { journal, store } = start(tracing);
    await journal.execute(aggregate, '1', event('RequestLapsed'), by('a', { actor: systemActor('deadline/lapse') }));
    await journal.execute(aggregate, '1', event('RequestApproved'), by('b', { actor: systemActor('set-up') }));
    const recorded = await store.read('request-1');
    expect(recorded.map(({ metadata }) => metadata.traceparent)).toEqual(['new/0', undefined]);
    expect(Object.keys(recorded[1]?.metadata ?? {})).not.toContain('traceparent');
    const failing = journal.execute(aggregate, '1', event('Fail'), by('c', { traceparent: 'x' }));
    await expect(failing).rejects.toThrow('no');
    expect(spans.at(-1)).toMatchObject({ name: 'decide Fail', end: { failure: new RangeError('no') } });
  });
});
