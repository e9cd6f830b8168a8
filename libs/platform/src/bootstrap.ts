import type { Server } from 'node:http';
import { Module, type ModuleMetadata } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, NestFactory } from '@nestjs/core';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { createJournal, Generations, groupOf, type Documents, type Journal } from '@pim/engine';
import { AuthGuard, missingRows, TOKEN_VERIFIER, type TokenVerifier } from './auth';
import { RepeatedCalls } from './calls/repeated-calls.interceptor';
import type { Context } from './context';
import { CountSegment } from './graph/count-segment';
import { BatchController } from './graph/batch/batch.controller';
import { CreatedLocation } from './graph/created-location.interceptor';
import { ErrorFilter } from './graph/error.filter';
import { FreshReads } from './graph/fresh-reads.interceptor';
import { PreferencesApplied } from './graph/preferences';
import { bodyValidation } from './graph/validation';
import { HealthController, Readiness } from './health.controller';
import type { HttpRules } from './http-rules';
import { createHttp, type RawHandler } from './http';
import { ExtensionsModule, type ExtensionSettings } from './extensions';
import { declaredRoutes } from './metadata/declared-routes';
import { AsyncApiController } from './metadata/asyncapi.controller';
import { MetadataController, SERVED, type Served } from './metadata/metadata.controller';
import { CONSUMERS, ParkedMessages, type Consumers } from './parked/parked-messages';
import { ParkedMessagesController } from './parked/parked-messages.controller';
import { PortsModule, type Ports, type Tenant } from './ports';
import { ReadModels } from './read-models';
import { ReadModelsController, Rebuilds } from './read-models.controller';
import { principalView } from './directory-roles';
import { adminRoutes, type AdminRoutes } from './observe/admin-routes';
import { Metrics } from './observe/metrics';
import { MetricsController } from './observe/metrics.controller';
import { nestLog } from './observe/nest-log';
import type { Observe } from './observe/observe';
import { observedBus } from './observe/observed-bus';
import { observedAppends, observedJournal } from './observe/observed-journal';
import { runtimeMetrics } from './observe/runtime-metrics';
import { watchHealth } from './observe/watch-health';
import { JOURNAL, LOG } from './tokens';
import { Throttle } from './throttle/throttle';
import { projectionsOf } from './run/fold-read-models';
import { startRuntime, type Runtime } from './run/runtime';

export interface BootstrapOptions {
  readonly contexts: readonly Context[];
  /** Contexts whose read models these read. */
  readonly reads?: readonly Context[];
  readonly ports: Ports;
  readonly tenant: Tenant;
  readonly tokens: TokenVerifier;
  /** Serves everything under `/idp` in development mode. */
  readonly issuer?: RawHandler;
  /** What links in answers start with; absent: what the client called. */
  readonly publicUrl?: string;
  readonly http: HttpRules;
  /** Which endpoints of others may be asked; null: none. */
  readonly extensions: ExtensionSettings | null;
  /** Where all services answer together; absent: this process serves everything itself. */
  readonly front?: string;
  /** What other processes serve there: `$metadata` and `/openapi.json` describe it as well. */
  readonly elsewhere?: readonly Context[];
  /** What the process tells about itself. */
  readonly observe: Observe;
  /** Whether clients are served metrics as well; they have a port of their own otherwise. */
  readonly servesMetrics: boolean;
}

/** A running process: its HTTP side, its loops, and the way to give it commands from inside. */
export interface Running {
  readonly app: NestFastifyApplication;
  readonly runtime: Runtime;
  /** Read models as readers see them. */
  readonly documents: Documents;
  readonly observe: Observe;
  /** What is told on the port for whoever runs the process. */
  readonly admin: AdminRoutes;
  dispatch(command: object): Promise<unknown>;
  /** Whether a principal is in the log. */
  knows(principalId: string): Promise<boolean>;
  /** Stops taking requests, lets what is under way finish, stops the loops, closes the store. */
  close(): Promise<void>;
}

const shellOf = (
  { contexts, ports, tenant, tokens, http, extensions, elsewhere = [], observe, servesMetrics }: BootstrapOptions,
  routes: Served['routes'],
): ModuleMetadata => {
  const journal = observedJournal(
    createJournal({ eventStore: observedAppends(ports.eventStore, observe), isOnlyWriter: ports.isOnlyWriter }),
    observe,
  );
  const served: Served = {
    routes,
    elsewhere: elsewhere.flatMap(({ module }) => declaredRoutes(module)),
    sets: [...contexts, ...elsewhere].flatMap(({ sets }) => sets),
  };
  const consumers: Consumers = {
    bus: ports.bus,
    groups: contexts.flatMap(({ name, reactions }) => reactions.map((reaction) => groupOf(name, reaction))),
  };
  return {
    imports: [
      CqrsModule.forRoot(),
      PortsModule.for(ports, journal, tenant),
      ExtensionsModule.for(extensions),
      ...contexts.map(({ module }) => module),
    ],
    controllers: [
      ReadModelsController,
      ParkedMessagesController,
      HealthController,
      BatchController,
      MetadataController,
      AsyncApiController,
      ...(servesMetrics ? [MetricsController] : []),
    ],
    providers: [
      Readiness,
      Rebuilds,
      ParkedMessages,
      { provide: CONSUMERS, useValue: consumers },
      { provide: SERVED, useValue: served },
      { provide: LOG, useValue: observe.log },
      { provide: Metrics, useValue: observe.metrics },
      { provide: TOKEN_VERIFIER, useValue: tokens },
      { provide: Throttle, useValue: new Throttle(http.limits, ports.clock) },
      { provide: APP_GUARD, useClass: AuthGuard },
      { provide: APP_FILTER, useClass: ErrorFilter },
      ...(http.isIdempotent ? [{ provide: APP_INTERCEPTOR, useClass: RepeatedCalls }] : []),
      { provide: APP_INTERCEPTOR, useClass: FreshReads },
      { provide: APP_INTERCEPTOR, useClass: CountSegment },
      { provide: APP_INTERCEPTOR, useClass: PreferencesApplied },
      { provide: APP_INTERCEPTOR, useClass: CreatedLocation },
      { provide: APP_PIPE, useFactory: bodyValidation },
    ],
  };
};

const refuseOpenRoutes = (routes: readonly string[]): void => {
  const open = missingRows(routes);
  if (open.length > 0) throw new Error(`these routes have no row in the permission table: ${open.join(', ')}`);
};

/** Stops taking requests and waits for those under way; a connection goes as soon as its last answer is out. */
const closeHttp = async (app: NestFastifyApplication): Promise<void> => {
  const server: Server = app.getHttpServer();
  const sweep = setInterval(() => server.closeIdleConnections(), 20);
  try {
    await app.close();
  } finally {
    clearInterval(sweep);
  }
};

/** Composes contexts and adapters into one process, ready to listen. Throws when a route has no permission row. */
export const bootstrap = async (given: BootstrapOptions): Promise<Running> => {
  const { observe } = given;
  const ports = {
    ...given.ports,
    bus: observedBus(given.ports.bus, observe),
    documents: new Generations(given.ports.documents, projectionsOf(given)),
  };
  const options = { ...given, ports };
  const { fastify, routes } = createHttp({ ...options, ids: options.ports.ids });
  @Module(shellOf(options, routes))
  class Shell {}

  const app = await NestFactory.create<NestFastifyApplication>(Shell, new FastifyAdapter(fastify), {
    logger: nestLog(observe.log),
    bodyParser: false,
  });
  await app.init(); // @nestjs/cqrs registers handlers here: no loop may start before this line.
  refuseOpenRoutes(routes);
  const commands = app.get(CommandBus);
  const dispatch = (command: object): Promise<unknown> => commands.execute(command);
  const runtime = await startRuntime(options, dispatch);
  app.get(ReadModels).caughtUp = runtime.caughtUp;
  app.get(Rebuilds).rebuilder = runtime.rebuilder;
  observe.metrics.refreshBy(runtimeMetrics(runtime.numbers));
  const watching = watchHealth(app.get(Readiness), runtime);
  return {
    app,
    runtime,
    documents: ports.documents,
    observe,
    admin: adminRoutes(observe.metrics, app.get(HealthController)),
    dispatch,
    knows: async (principalId) => {
      const { state } = await app.get<Journal>(JOURNAL).load(principalView, principalId);
      return state.status === 'known';
    },
    close: async () => {
      watching.stop();
      await closeHttp(app);
      await runtime.stop();
      await options.ports.close();
      await observe.tracing?.close();
    },
  };
};
