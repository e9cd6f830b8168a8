import type { Server } from 'node:http';
import { Module, type ModuleMetadata } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, NestFactory } from '@nestjs/core';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { createJournal, Generations, type Journal } from '@pim/engine';
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
import { MetadataController, SERVED, type Served } from './metadata/metadata.controller';
import { PortsModule, type Ports, type Tenant } from './ports';
import { ReadModels } from './read-models';
import { ReadModelsController, Rebuilds } from './read-models.controller';
import { principalView } from './directory-roles';
import { JOURNAL } from './tokens';
import { Throttle } from './throttle/throttle';
import { startRuntime, type Runtime } from './run/runtime';

export interface BootstrapOptions {
  readonly contexts: readonly Context[];
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
}

/** A running process: its HTTP side, its loops, and the way to give it commands from inside. */
export interface Running {
  readonly app: NestFastifyApplication;
  readonly runtime: Runtime;
  dispatch(command: object): Promise<unknown>;
  /** Whether a principal is in the log. */
  knows(principalId: string): Promise<boolean>;
  /** Stops taking requests, lets what is under way finish, stops the loops, closes the store. */
  close(): Promise<void>;
}

const shellOf = (
  { contexts, ports, tenant, tokens, http, extensions, elsewhere = [] }: BootstrapOptions,
  routes: Served['routes'],
): ModuleMetadata => {
  const journal = createJournal({ eventStore: ports.eventStore, isOnlyWriter: ports.isOnlyWriter });
  const served: Served = {
    routes,
    elsewhere: elsewhere.flatMap(({ module }) => declaredRoutes(module)),
    sets: [...contexts, ...elsewhere].flatMap(({ sets }) => sets),
  };
  return {
    imports: [
      CqrsModule.forRoot(),
      PortsModule.for(ports, journal, tenant),
      ExtensionsModule.for(extensions),
      ...contexts.map(({ module }) => module),
    ],
    controllers: [ReadModelsController, HealthController, BatchController, MetadataController],
    providers: [
      Readiness,
      Rebuilds,
      { provide: SERVED, useValue: served },
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
  const ports = { ...given.ports, documents: new Generations(given.ports.documents) };
  const options = { ...given, ports };
  const { fastify, routes } = createHttp({ ...options, ids: options.ports.ids });
  @Module(shellOf(options, routes))
  class Shell {}

  const app = await NestFactory.create<NestFastifyApplication>(Shell, new FastifyAdapter(fastify), {
    logger: ['error', 'warn'],
    bodyParser: false,
  });
  await app.init(); // @nestjs/cqrs registers handlers here: no loop may start before this line.
  refuseOpenRoutes(routes);
  const commands = app.get(CommandBus);
  const dispatch = (command: object): Promise<unknown> => commands.execute(command);
  const runtime = await startRuntime(options, dispatch);
  app.get(ReadModels).caughtUp = runtime.caughtUp;
  app.get(Rebuilds).rebuilder = runtime.rebuilder;
  app.get(Readiness).reasons = runtime.notReady;
  app.get(Readiness).parked = runtime.parked;
  return {
    app,
    runtime,
    dispatch,
    knows: async (principalId) => {
      const { state } = await app.get<Journal>(JOURNAL).load(principalView, principalId);
      return state.status === 'known';
    },
    close: async () => {
      await closeHttp(app);
      await runtime.stop();
      await options.ports.close();
    },
  };
};
