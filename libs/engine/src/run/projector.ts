import type { StreamContract } from '@pim/contracts';
import type { Documents } from '../ports/documents';
import { categoryOf, type Position, type RecordedEvent } from '../ports/event-store';
import { DocumentPage } from './document-page';
import { current } from './event-codec';
import { startFollower, type Follower } from './follower';
import type { LogReader } from './progress';
import type { Projection } from './projection';

export interface ProjectorOptions {
  readonly eventStore: LogReader;
  readonly documents: Pick<Documents, 'get' | 'put'>;
  readonly projections: readonly Projection[];
  /** Told of every failure; the same events are then tried again, so a projection that throws stops all of them. */
  readonly onError?: (error: unknown) => void;
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

interface Route {
  readonly stream: StreamContract;
  readonly projections: readonly Projection[];
}

/**
 * Feeds all projections from one reading of the log, from its beginning and in its order. Documents that have seen an
 * event skip it. Resolves at once; the first catch-up goes on in the background.
 */
export const startProjector = async (options: ProjectorOptions): Promise<Projector> => {
  const { eventStore, documents, projections, onError } = options;
  const routes = routesOf(projections);
  const follower: Follower = startFollower(
    { name: 'The projector', eventStore, categories: [...routes.keys()], onError },
    async (events) => {
      const page = new DocumentPage(documents);
      for (const event of events) await project(routes, event, page);
      await page.write();
    },
  );
  return follower;
};

const routesOf = (projections: readonly Projection[]): ReadonlyMap<string, Route> => {
  const routes = new Map<string, Route>();
  for (const projection of projections)
    for (const stream of projection.sources) {
      const before = routes.get(stream.category)?.projections ?? [];
      routes.set(stream.category, { stream, projections: [...before, projection] });
    }
  return routes;
};

const project = async (
  routes: ReadonlyMap<string, Route>,
  recorded: RecordedEvent,
  page: DocumentPage,
): Promise<void> => {
  const route = routes.get(categoryOf(recorded.stream));
  if (!route) return;
  const event = current(route.stream, recorded);
  for (const projection of route.projections)
    for (const key of projection.keys(event, recorded)) {
      const { collection } = projection;
      const draft = page.draft(collection, key) ?? (await page.load(collection, key));
      draft.apply(recorded, (document) => projection.evolve(document, event, recorded, key));
    }
};
