import type { DomainEvent } from '@pim/kernel';
import type { EventStore, RecordedEvent } from '../ports/event-store';
import type { StreamView } from './aggregate';
import { current } from './event-codec';
import type { Known, StateCache } from './state-cache';

/** Events asked for at once; a longer stream is read in several steps. */
const pageSize = 1_000;

/** Folds streams, starting from the cached state and reading only what came after it. */
export class StreamReader {
  constructor(
    private readonly eventStore: Pick<EventStore, 'read'>,
    private readonly cache: StateCache,
  ) {}

  /** The state of a stream as it is now. After a failure nothing is kept of it: the log may come back as another one. */
  async read<S, E extends DomainEvent>(source: StreamView<S, E>, stream: string): Promise<Known<S>> {
    let known = this.cache.get(source.view, stream);
    try {
      for (let more = true; more;) {
        const page = await this.eventStore.read(stream, { from: known.revision + 1, limit: pageSize });
        known = absorb(source, known, page);
        more = page.length === pageSize;
      }
    } catch (error) {
      this.cache.drop(source.view, stream);
      throw error;
    }
    this.cache.put(source.view, stream, known);
    return known;
  }
}

const absorb = <S, E extends DomainEvent>(
  { stream, view }: StreamView<S, E>,
  known: Known<S>,
  page: readonly RecordedEvent[],
): Known<S> => {
  let { state, revision } = known;
  for (const recorded of page) {
    // The stream's contract lists exactly the types of E.
    state = view.evolve(state, current(stream, recorded) as E);
    revision = recorded.revision;
    known.recordedCommands.add(recorded.metadata.causationId);
  }
  return { ...known, state, revision };
};
