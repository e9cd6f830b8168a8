import type { StreamContract } from '@pim/contracts';
import type { DomainEvent } from '@pim/kernel';
import type { Documents } from '../ports/documents';
import { categoryOf, type RecordedEvent } from '../ports/event-store';
import { DocumentPage } from './document-page';
import { current } from './event-codec';
import { startFollower, type Follower } from './follower';
import type { LogReader } from './progress';
import { LastingProjector } from './lasting-projector';
import type { Projection } from './projection';
import { ReadModelProgress } from './read-model-progress';
import { TurnTaking } from './turn-taking';

/** Called when a page of the log is begun; what it returns, when read models hold the page. */
export type WatchPage = (events: readonly RecordedEvent[]) => () => void;

export interface ProjectorOptions {
  readonly eventStore: LogReader;
  readonly documents: Pick<Documents, 'get' | 'put' | 'index' | 'isLasting'>;
  readonly projections: readonly Projection[];
  /** Told of every failure; the same events are then tried again, so a projection that throws stops all of them. */
  readonly onError?: ((error: unknown) => void) | undefined;
  /** Must not throw. */
  readonly watch?: WatchPage | undefined;
}

/** Keeps read models as new as the log. */
export interface Projector extends Follower {
  /**
   * Does something to where a collection is stored while no event is being projected; what comes next is projected to
   * where it is then. What is there by then must hold everything that was projected before.
   */
  exchange(collection: string, action: () => Promise<void>): Promise<void>;
}

type Routes = ReadonlyMap<string, Route>;

interface Route {
  readonly stream: StreamContract;
  readonly projections: readonly Projection[];
}

/**
 * Feeds all projections from one reading of the log, in its order: from its beginning, or from where read models that
 * outlive the process have come. Documents that have seen an event skip it. Read models that somebody removes meanwhile
 * are folded again. Resolves when their indexes are made; the first catch-up goes on in the background. Throws when they cannot be.
 */
export const startProjector = async (options: ProjectorOptions): Promise<Projector> => {
  const { documents, projections } = options;
  const routes = routesOf(projections);
  const turns = new TurnTaking();
  await indexAll(options);
  if (!documents.isLasting)
    return { ...follow({ options, routes, turns }), exchange: (_, action) => turns.run(action) };
  const collections = projections.map(({ collection }) => collection);
  return new LastingProjector({
    turns,
    onError: options.onError,
    newProgress: () => new ReadModelProgress(documents, collections),
    follow: (progress, onError) => follow({ options: { ...options, onError }, routes, turns, progress }),
  });
};

const indexAll = async ({ documents, projections }: ProjectorOptions): Promise<void> => {
  await Promise.all(projections.map(({ collection, indexes = [] }) => documents.index(collection, indexes)));
};

const routesOf = (projections: readonly Projection[]): Routes => {
  const routes = new Map<string, Route>();
  for (const projection of projections)
    for (const stream of projection.sources) {
      const before = routes.get(stream.category)?.projections ?? [];
      routes.set(stream.category, { stream, projections: [...before, projection] });
    }
  return routes;
};

/** One reading of the log: each page in its turn. */
interface Reading {
  readonly options: ProjectorOptions;
  readonly routes: Routes;
  readonly turns: TurnTaking;
  readonly progress?: ReadModelProgress;
}

const follow = ({ options, routes, turns, progress }: Reading): Follower => {
  const { eventStore, documents, onError, watch } = options;
  return startFollower(
    {
      name: 'The projector',
      eventStore,
      categories: [...routes.keys()],
      onError,
      startAfter:
        progress &&
        (async () => {
          // Who removed a collection removed its indexes with it.
          await indexAll(options);
          return progress.load();
        }),
      readsAhead: documents.isLasting,
    },
    (events) =>
      turns.run(async () => {
        const done = watch?.(events);
        const page = new DocumentPage(documents, async (collection) => progress?.check(collection));
        await fold(
          events.flatMap((event) => touchesOf(routes, event)),
          page,
        );
        done?.();
      }),
  );
};

const fold = async (touches: readonly Touch[], page: DocumentPage): Promise<void> => {
  await page.load(touches.map(({ projection, key }) => [projection.collection, key]));
  for (const { projection, event, recorded, key } of touches)
    page
      .draft(projection.collection, key)
      .apply(recorded, (document) => projection.evolve(document, event, recorded, key));
  await page.write();
};

/** That an event concerns a document. */
interface Touch {
  readonly projection: Projection;
  readonly event: DomainEvent;
  readonly recorded: RecordedEvent;
  readonly key: string;
}

const touchesOf = (routes: Routes, recorded: RecordedEvent): readonly Touch[] => {
  const route = routes.get(categoryOf(recorded.stream));
  if (!route) return [];
  const event = current(route.stream, recorded);
  return route.projections.flatMap((projection) =>
    projection.keys(event, recorded).map((key) => ({ projection, event, recorded, key })),
  );
};
