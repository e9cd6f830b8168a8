import type { StreamContract } from '@pim/contracts';
import type { DomainEvent } from '@pim/kernel';
import type { Documents } from '../ports/documents';
import { categoryOf, type Position, type RecordedEvent } from '../ports/event-store';
import { DocumentPage } from './document-page';
import { current } from './event-codec';
import { startFollower, type Follower } from './follower';
import type { LogReader } from './progress';
import { LastingProjector } from './lasting-projector';
import type { Projection } from './projection';
import { ReadModelProgress } from './read-model-progress';

export interface ProjectorOptions {
  readonly eventStore: LogReader;
  readonly documents: Pick<Documents, 'get' | 'put' | 'isLasting'>;
  readonly projections: readonly Projection[];
  /** Told of every failure; the same events are then tried again, so a projection that throws stops all of them. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** Keeps read models as new as the log. */
export interface Projector {
  /** Resolves when everything in the log at the time of the call is projected; rejects when stopped before that. */
  caughtUp(): Promise<void>;
  /** The last event projected; 0 before the first. */
  position(): Position;
  /** Resolves when the first catch-up is done; rejects when stopped before that. */
  ready(): Promise<void>;
  /** Resolves when nothing more will be written. */
  stop(): Promise<void>;
}

type Routes = ReadonlyMap<string, Route>;

interface Route {
  readonly stream: StreamContract;
  readonly projections: readonly Projection[];
}

/**
 * Feeds all projections from one reading of the log, in its order: from its beginning, or from where read models that
 * outlive the process have come. Documents that have seen an event skip it. Read models that somebody removes meanwhile
 * are folded again. Resolves at once; the first catch-up goes on in the background.
 */
export const startProjector = async (options: ProjectorOptions): Promise<Projector> => {
  const { documents, projections } = options;
  const routes = routesOf(projections);
  if (!documents.isLasting) return follow(options, routes);
  const collections = projections.map(({ collection }) => collection);
  return new LastingProjector(
    options.onError,
    () => new ReadModelProgress(documents, collections),
    (progress, onError) => follow({ ...options, onError }, routes, progress),
  );
};

/** One reading of the log. */
const follow = (options: ProjectorOptions, routes: Routes, progress?: ReadModelProgress): Follower => {
  const { eventStore, documents, onError } = options;
  return startFollower(
    {
      name: 'The projector',
      eventStore,
      categories: [...routes.keys()],
      onError,
      startAfter: progress && (() => progress.load()),
    },
    async (events) => {
      const page = new DocumentPage(documents, async (collection) => progress?.check(collection));
      const touches = events.flatMap((event) => touchesOf(routes, event));
      await page.load(touches.map(({ projection, key }) => [projection.collection, key]));
      for (const { projection, event, recorded, key } of touches)
        page
          .draft(projection.collection, key)
          .apply(recorded, (document) => projection.evolve(document, event, recorded, key));
      await page.write();
    },
  );
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
