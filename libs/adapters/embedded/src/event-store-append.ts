import { WrongRevision, type Appended, type PreparedAppend } from '@pim/engine';

/** What an append needs to know of the log to be judged. */
export interface StreamLog {
  lastOf(stream: string): Appended | null;
  idsFrom(stream: string, revision: number, count: number): readonly (Appended & { readonly id: string })[];
  revisionsOf(stream: string, ids: readonly string[]): ReadonlyMap<string, number>;
}

/** Append after this revision; or it was appended before, with this answer; or it must be refused. */
export type Verdict =
  | { readonly kind: 'append'; readonly after: number }
  | { readonly kind: 'answer'; readonly answer: Appended }
  | { readonly kind: 'refuse'; readonly error: WrongRevision };

/** Judges an append against the log as it is now (infrastructure §3.5). Reads, never writes. */
export const judge = (log: StreamLog, ask: PreparedAppend): Verdict => {
  const last = log.lastOf(ask.stream);
  const current = last?.revision ?? -1;
  switch (ask.expected) {
    case 'stream-exists':
      return last ? judgeByIds(log, ask, last) : refuse(ask, current);
    case 'any':
      return judgeByIds(log, ask, last);
    default:
      return judgeByRevision(log, ask, current);
  }
};

const judgeByRevision = (log: StreamLog, ask: PreparedAppend, current: number): Verdict => {
  const wanted = typeof ask.expected === 'number' ? ask.expected : -1;
  return wanted === current ? accept(log, ask, current) : repeatFrom(log, ask, wanted + 1, current);
};

const judgeByIds = (log: StreamLog, ask: PreparedAppend, last: Appended | null): Verdict => {
  const current = last?.revision ?? -1;
  const known = last
    ? log.revisionsOf(
        ask.stream,
        ask.events.map((event) => event.id),
      )
    : new Map<string, number>();
  if (known.size === 0) return accept(log, ask, current);
  const first = known.get(ask.events[0]?.id ?? '');
  return first === undefined ? refuse(ask, current) : repeatFrom(log, ask, first, current);
};

const accept = (log: StreamLog, ask: PreparedAppend, current: number): Verdict =>
  ask.events.length > 0
    ? { kind: 'append', after: current }
    : { kind: 'answer', answer: log.lastOf(ask.stream) ?? { revision: -1, position: 0n } };

/** A retry is honoured when its ids are exactly those recorded from `revision` on; anything else came too late. */
const repeatFrom = (log: StreamLog, ask: PreparedAppend, revision: number, current: number): Verdict => {
  const recorded = log.idsFrom(ask.stream, revision, ask.events.length);
  const last = recorded.at(-1);
  const same = ask.events.every(({ id }, n) => id === recorded[n]?.id);
  if (!last || !same) return refuse(ask, current);
  return { kind: 'answer', answer: { revision: last.revision, position: last.position } };
};

const refuse = ({ stream, expected }: PreparedAppend, current: number): Verdict => ({
  kind: 'refuse',
  error: new WrongRevision(stream, expected, current < 0 ? 'no-stream' : current),
});
