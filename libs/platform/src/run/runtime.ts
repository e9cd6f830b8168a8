import {
  foldNewReadModels,
  Rebuilder,
  startProjector,
  startReactions,
  type Documents,
  type Generations,
  type Projection,
  type Projector,
} from '@pim/engine';
import type { Context } from '../context';
import { errorTo, latenessTo, refusalTo } from '../observe/tell-work';
import { tracedPages } from '../observe/observed-pages';
import type { Observe } from '../observe/observe';
import type { Ports, Tenant } from '../ports';
import { foldReadModels, projectionsOf } from './fold-read-models';
import { hasWork, startContextWork } from './context-work';
import { runtimeNumbers, type NamedWork, type RuntimeNumbers } from './runtime-numbers';

/** The loops behind the HTTP side of one process. */
export interface Runtime {
  /** Resolves when read models hold everything that was in the log at the time of the call. */
  caughtUp(): Promise<void>;
  /**
   * Resolves when every reaction to, and deadline of, what is in the log now has been carried out; for a context whose
   * work another process does, it waits for the read models alone.
   */
  settled(): Promise<void>;
  /** Names of every read model kept here. */
  readonly collections: readonly string[];
  /** Folds read models anew beside the ones that answer. */
  readonly rebuilder: Rebuilder;
  /** Folds the whole log into other documents, beside the live ones; resolves when they hold all that is in it now. */
  rebuildInto(documents: Documents): Promise<void>;
  /** Why this process should not get traffic yet; empty when it should. */
  notReady(): readonly string[];
  /** How many events are set aside because nobody could handle them. */
  parked(): Promise<number>;
  /** What its loops say of themselves. */
  readonly numbers: RuntimeNumbers;
  stop(): Promise<void>;
}

type Dispatch = (command: object) => Promise<unknown>;

interface Loops {
  readonly projector: Projector;
  /** Whether read models wait at an event that they could not take: nobody gets an answer from them then. */
  readonly areReadModelsStuck: () => boolean;
  /** Per context; another process may do it. */
  readonly works: readonly NamedWork[];
}

/** What runs, where, and for whom. */
export interface Plan {
  readonly contexts: readonly Context[];
  /** Contexts whose read models these read: they are kept here as well, in the version of this release. */
  readonly reads?: readonly Context[];
  /** `documents` is of the generations in use. */
  readonly ports: Ports & { readonly documents: Generations };
  readonly tenant: Tenant;
  readonly observe: Observe;
}

type ReadModelLoop = Pick<Loops, 'projector' | 'areReadModelsStuck'>;

const startReadModels = async (
  { ports, observe }: Plan,
  projections: readonly Projection[],
): Promise<ReadModelLoop> => {
  const { eventStore, documents, clock } = ports;
  const onError = errorTo(observe);
  const onStart = (readModels: readonly string[]): void =>
    observe.log.info({ readModels }, 'this release folds read models anew, before it answers');
  await foldNewReadModels({ eventStore, documents, projections, onStart, onError });
  let isStuck = false;
  const free = (): void => void (isStuck = false);
  const projector = await startProjector({
    eventStore,
    documents,
    projections,
    watch: observe.tracing ? tracedPages(observe.tracing, () => clock.now()) : undefined,
    onError: (error) => {
      onError(error);
      if (!isStuck) void projector.caughtUp().then(free, free);
      isStuck = true;
    },
  });
  await projector.ready();
  return { projector, areReadModelsStuck: () => isStuck };
};

const startLoops = async (plan: Plan, projections: readonly Projection[], dispatch: Dispatch): Promise<Loops> => {
  const { contexts, ports, observe } = plan;
  const readModels = await startReadModels(plan, projections);
  const onRejected = refusalTo(observe);
  for (const { name, reactions } of contexts)
    await startReactions({ bus: ports.bus, context: name, reactions, dispatch, onRejected });
  const caughtUp = (): Promise<void> => readModels.projector.caughtUp();
  const tools = { ports, dispatch, caughtUp, onError: errorTo(observe), onAnswered: latenessTo(observe) };
  const works = await Promise.all(
    contexts.filter(hasWork).map(async (context) => ({
      context: context.name,
      work: await startContextWork(context, tools),
    })),
  );
  return { ...readModels, works };
};

/** Work may set off more work: ask until a whole round moved nothing. */
const settle = async (loops: Loops, head: () => Promise<bigint>): Promise<void> => {
  for (let before = -1n, now = await head(); before !== now; now = await head()) {
    before = now;
    const works = loops.works.flatMap(({ work }) => work.current() ?? []);
    await Promise.all(works.map(({ scheduler }) => scheduler?.caughtUp()));
    await Promise.all(
      works.flatMap(({ relay, feeds }) => [relay?.caughtUp(), ...feeds.map((feed) => feed.caughtUp())]),
    );
    await loops.projector.caughtUp();
  }
};

const reasonsAgainst = (loops: Loops, stopping: boolean): readonly string[] => [
  ...(stopping ? ['shutting down'] : []),
  ...(loops.areReadModelsStuck() ? ['read models are behind the log'] : []),
];

/** Starts projections, relays, reactions and deadlines, in that order. Call it after `app.init()`: handlers exist then. */
export const startRuntime = async (plan: Plan, dispatch: Dispatch): Promise<Runtime> => {
  const { ports, contexts } = plan;
  const onError = errorTo(plan.observe);
  const projections = projectionsOf(plan);
  await ports.documents.useRegistered();
  const loops = await startLoops(plan, projections, dispatch);
  const { eventStore, documents: generations } = ports;
  const rebuilder = new Rebuilder({ eventStore, generations, projections, projector: loops.projector, onError });
  let stopping = false;
  return {
    collections: projections.map(({ collection }) => collection),
    rebuilder,
    rebuildInto: (documents) => foldReadModels({ eventStore, documents, projections }),
    caughtUp: () => loops.projector.caughtUp(),
    settled: () => settle(loops, () => ports.eventStore.head()),
    notReady: () => [
      ...reasonsAgainst(loops, stopping),
      ...ports.consumersDown().map((group) => `${group} does not run`),
    ],
    numbers: runtimeNumbers({ contexts, ports, ...loops }),
    parked: async () => (await ports.bus.parked()).length,
    stop: async () => {
      stopping = true;
      await Promise.all(loops.works.map(({ work }) => work.stop()));
      await ports.bus.close();
      await rebuilder.stop();
      await loops.projector.stop();
    },
  };
};
