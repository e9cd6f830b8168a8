import type { Position } from '../ports/event-store';
import type { Generations } from './generations';
import { guarded } from './persist';
import type { LogReader } from './progress';
import type { Projection } from './projection';
import { startProjector, type Projector } from './projector';

/** How soon a generation that another process completed is taken into use, in milliseconds. */
const lookEveryMs = 1_000;

/** A read model, and its rebuild while there is one. */
export interface ReadModelState {
  readonly collection: string;
  /** The one that answers. */
  readonly generation: number;
  readonly rebuild: RebuildState | null;
  /** Whether the last rebuild that was asked for here came to nothing. */
  readonly hasFailed: boolean;
}

/** How far the next generation has come. */
export interface RebuildState {
  readonly position: Position;
  /** The end of the log when the rebuild began: it is over soon after this. 0 until it is known. */
  readonly until: Position;
}

export interface RebuilderOptions {
  readonly eventStore: LogReader;
  readonly generations: Generations;
  readonly projections: readonly Projection[];
  /** The one that keeps the generations in use up to date. */
  readonly projector: Projector;
  readonly onError?: ((error: unknown) => void) | undefined;
}

interface Building {
  readonly until: Position;
  readonly beside: Projector;
}

/**
 * Folds read models anew beside the ones that answer, and lets the new ones answer once they hold as much: no reader
 * sees less than before. The generation before is kept until the next rebuild, for processes that have not looked yet.
 */
export class Rebuilder {
  private readonly building = new Map<string, Building>();
  private readonly running = new Map<string, Promise<void>>();
  private readonly failed = new Set<string>();
  private readonly timer: NodeJS.Timeout | null;
  private readonly tell: (error: unknown) => void;
  private isStopped = false;

  constructor(private readonly options: RebuilderOptions) {
    this.tell = guarded(options.onError);
    this.timer = options.generations.isLasting ? setInterval(() => void this.adopt(), lookEveryMs).unref() : null;
  }

  states(): readonly ReadModelState[] {
    return this.options.projections.map(({ collection }) => {
      const generation = this.options.generations.generationOf(collection);
      return { collection, generation, rebuild: this.stateOf(collection), hasFailed: this.failed.has(collection) };
    });
  }

  /**
   * Resolves when the next generation answers; a second call for the same read model joins the first. Rejects, and
   * leaves everything as it was, when it cannot be built.
   */
  rebuild(collection: string): Promise<void> {
    return this.once(collection, async () => {
      const { generations } = this.options;
      const registered = (await generations.registered())(collection);
      const generation = Math.max(registered, generations.generationOf(collection)) + 1;
      // What an interrupted rebuild left behind.
      await generations.stored.drop(generations.placeOf(collection, generation));
      await this.build(collection, generation);
      if (generation > 2) await generations.stored.drop(generations.placeOf(collection, generation - 2));
    });
  }

  /** Gives up what is being built. */
  async stop(): Promise<void> {
    this.isStopped = true;
    if (this.timer) clearInterval(this.timer);
    await Promise.all([...this.building.values()].map(({ beside }) => beside.stop()));
    await Promise.allSettled(this.running.values());
  }

  private once(collection: string, work: () => Promise<void>): Promise<void> {
    const known = this.running.get(collection);
    if (known) return known;
    const run = this.noting(collection, work);
    this.running.set(collection, run);
    return run;
  }

  private async noting(collection: string, work: () => Promise<void>): Promise<void> {
    this.failed.delete(collection);
    try {
      await work();
    } catch (error) {
      this.failed.add(collection);
      throw error;
    } finally {
      this.running.delete(collection);
    }
  }

  private stateOf(collection: string): RebuildState | null {
    const building = this.building.get(collection);
    if (building) return { position: building.beside.position(), until: building.until };
    return this.running.has(collection) ? { position: 0n, until: 0n } : null;
  }

  private async build(collection: string, generation: number): Promise<void> {
    const { eventStore, generations, projections, projector } = this.options;
    const projection = projections.find((one) => one.collection === collection);
    if (!projection || this.isStopped) throw new Error(`${collection} is no read model that can be rebuilt now.`);
    const next: Projection = { ...projection, collection: generations.placeOf(collection, generation) };
    const until = await eventStore.head();
    const beside = await startProjector({
      eventStore,
      documents: generations.stored,
      projections: [next],
      onError: this.tell,
    });
    this.building.set(collection, { until, beside });
    try {
      // Not until it has read everything: where much happens, there is always something more.
      await beside.caughtUp();
      await projector.exchange(collection, async () => {
        await beside.caughtUp();
        await generations.record(collection, generation);
        generations.use(collection, generation);
      });
    } finally {
      this.building.delete(collection);
      await beside.stop();
    }
  }

  /** Takes into use what other processes have completed. */
  private async adopt(): Promise<void> {
    try {
      const { generations, projections } = this.options;
      const registered = await generations.registered();
      for (const { collection } of projections)
        if (registered(collection) > generations.generationOf(collection) && !this.isStopped)
          await this.once(collection, () => this.build(collection, registered(collection)));
    } catch (error) {
      this.tell(error);
    }
  }
}
