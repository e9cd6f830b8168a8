import { cpSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DevIssuer } from '@pim/adapters/dev-issuer';
import { embeddedPorts, manualClock } from '@pim/adapters/embedded';
import { createObserve, openHttp, tellParked, type Env, type Ports, type Running } from '@pim/platform';
import { composeOn } from '../../src/compose';
import { demoIssuer } from '../../src/demo-issuer';
import { readDemoTenant } from '../../src/demo-tenant';

/** Ids of the demo tenant that tests speak of. */
export const id = {
  ada: 'a0000000-0000-4000-8000-000000000001',
  paul: 'a0000000-0000-4000-8000-000000000002',
  sam: 'a0000000-0000-4000-8000-000000000003',
  erin: 'a0000000-0000-4000-8000-000000000004',
  frank: 'a0000000-0000-4000-8000-000000000005',
  alice: 'a0000000-0000-4000-8000-000000000006',
  bob: 'a0000000-0000-4000-8000-000000000007',
  grace: 'a0000000-0000-4000-8000-000000000008',
  heidi: 'a0000000-0000-4000-8000-000000000009',
  helpdesk: 'b0000000-0000-4000-8000-000000000002',
  automation: 'c0000000-0000-4000-8000-000000000001',
} as const;

/** Role ids, Microsoft's own. */
export const role = {
  globalAdministrator: '62e90394-69f5-4237-9190-012177145e10',
  privilegedRoleAdministrator: 'e8611ab8-c189-46e8-94e1-60213ab1f814',
  securityReader: '5d6b6bb7-de71-4623-b4af-96380a352509',
  userAdministrator: 'fe930be7-5e62-47db-91af-98c3a49a38b1',
  helpdeskAdministrator: '729827e3-9c14-49f7-bb1b-9608f156bbb8',
  securityAdministrator: '194ae4cb-b126-40b2-bd5b-6091b380977d',
  exchangeAdministrator: '29232cdf-9323-42fd-ade2-1d097af3e4de',
} as const;

export interface Answer {
  readonly status: number;
  // Bodies are asserted on, member by member; their type is the subject of the test.
  readonly body: Record<string, unknown> & {
    readonly value?: readonly Record<string, unknown>[];
    readonly error?: { code: string; message: string };
  };
  readonly headers: Headers;
}

type TokenOptions = { mfa?: boolean; acrs?: string[]; scopes?: string[]; expiresIn?: number };

/** What an installation may have set otherwise than most. */
type Settings = Partial<Pick<Env, 'http' | 'scim' | 'log' | 'extensions'>>;

interface Parts {
  readonly url: string;
  readonly folder: string;
  readonly clock: ReturnType<typeof manualClock>;
  readonly running: Running;
  readonly ports: Awaited<ReturnType<typeof embeddedPorts>>;
  readonly issuer: DevIssuer;
  readonly settings: Settings;
}

const usual = '2026-03-02T08:00:00.000Z';

/** One for each process that runs tests, whatever file it is at; a process id alone comes again. */
const template = join(tmpdir(), `openpim-template-${process.pid}-${Math.round(performance.timeOrigin)}`);

/** Sets the demo tenant up once. */
const prepareTemplate = async (): Promise<void> => {
  const folder = newFolder();
  const env = environment(folder);
  const ports = await embeddedPorts(folder, manualClock(usual));
  const running = await composeOn(ports, env, createObserve(env, 'openpim'));
  await running.close();
  renameSync(folder, template);
  removeOldTemplates();
};

const templateName = /^openpim-template-(\d+)-/;

/** Test processes are ended without a word: the next ones remove what they left. */
const removeOldTemplates = (): void => {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(templateName.exec(name)?.[1] ?? process.pid);
    if (!isAlive(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'openpim-e2e-'));

/** A data folder of its own, with the demo tenant in it: most tests are not about the first start, and it takes longer. */
const demoFolder = async (): Promise<string> => {
  if (!existsSync(template)) await prepareTemplate();
  const folder = newFolder();
  cpSync(template, folder, { recursive: true });
  return folder;
};

/** What stands between the process and its ports is to see the first start, too. */
const folderFor = (at: string, isFaulty: boolean): Promise<string> | string =>
  at === usual && !isFaulty ? demoFolder() : newFolder();

/** A server over HTTP whose clock the test moves; its data are gone when it stops. */
export class TestServer {
  private constructor(private readonly parts: Parts) {}

  get url(): string {
    return this.parts.url;
  }

  get clock(): Parts['clock'] {
    return this.parts.clock;
  }

  get running(): Running {
    return this.parts.running;
  }

  get ports(): Parts['ports'] {
    return this.parts.ports;
  }

  /** `faulty` stands between the process and its ports; `ports` are then still the ones behind it. */
  static async start(
    at = usual,
    given: string | null = null,
    faulty: ((ports: Parts['ports']) => Ports) | null = null,
    settings: Settings = {},
  ): Promise<TestServer> {
    const folder = given ?? (await folderFor(at, faulty !== null));
    const clock = manualClock(at);
    const env = { ...environment(folder), ...settings };
    const observe = createObserve(env, 'openpim');
    const ports = await embeddedPorts(folder, clock, tellParked(observe.log));
    const running = await composeOn(faulty ? faulty(ports) : ports, env, observe);
    await running.app.listen(0, '127.0.0.1');
    const { port } = running.app.getHttpServer().address() as AddressInfo;
    const issuer = await demoIssuer(folder, 'http://openpim.test');
    return new TestServer({ url: `http://127.0.0.1:${port}`, folder, clock, running, ports, issuer, settings });
  }

  /** Where its data are: whoever starts another process on them. */
  get folder(): string {
    return this.parts.folder;
  }

  /** What is left to do of a process that stands still: whoever waits for it hears nothing, the folder is free again. */
  async abandon(): Promise<void> {
    const server: Server = this.running.app.getHttpServer();
    server.close();
    server.closeAllConnections();
    await this.ports.eventStore.close();
  }

  /** Stops it and starts another on the same data, its clock at the same time or later. */
  async restart(at = this.clock.now(), faulty?: (ports: Parts['ports']) => Ports): Promise<TestServer> {
    await this.running.close();
    return TestServer.start(at, this.parts.folder, faulty, this.parts.settings);
  }

  async stop(): Promise<void> {
    await this.running.close();
    rmSync(this.parts.folder, { recursive: true, force: true });
  }

  /** Moves the clock and lets everything that is due be carried out. */
  async at(instant: string): Promise<void> {
    this.clock.set(instant);
    await this.running.runtime.settled();
  }

  async later(minutes: number): Promise<void> {
    await this.at(new Date(Date.parse(this.clock.now()) + minutes * 60_000).toISOString());
  }

  token(user: string, { mfa = true, ...rest }: TokenOptions = {}): Promise<string> {
    return this.parts.issuer.mintToken({ user, mfa, ...rest, now: this.clock.now() });
  }

  appToken(app = 'automation'): Promise<string> {
    return this.parts.issuer.mintToken({ app, now: this.clock.now() });
  }

  /** One call as a user (with MFA) or with a ready token. */
  async call(who: string, method: string, path: string, body?: unknown): Promise<Answer> {
    const token = who.includes('.') ? who : await this.token(who);
    return this.raw(method, path, {
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  async raw(method: string, path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch(`${this.url}${path.startsWith('/') ? path : `/v1.0/${path}`}`, { method, ...init });
    const text = await response.text();
    return {
      status: response.status,
      body: text ? (JSON.parse(text) as Answer['body']) : {},
      headers: response.headers,
    };
  }
}

const environment = (dataFolder: string): Env => ({
  http: openHttp,
  port: 0,
  host: '127.0.0.1',
  dataFolder,
  development: true,
  tenantId: readDemoTenant().tenantId,
  issuer: null,
  audience: 'openpim',
  publicUrl: 'http://openpim.test',
  firstAdministrator: null,
  isBehindProxy: false,
  scim: null,
  extensions: null,
  servers: { eventStoreUrl: null, kafka: null, mongoUrl: null },
  log: { format: 'text', level: 'warn' },
  metricsPort: null,
  tracesUrl: null,
});

export const assignmentRequests = 'roleManagement/directory/roleAssignmentScheduleRequests';
export const eligibilityRequests = 'roleManagement/directory/roleEligibilityScheduleRequests';
export const assignmentInstances = 'roleManagement/directory/roleAssignmentScheduleInstances';
export const eligibilityInstances = 'roleManagement/directory/roleEligibilityScheduleInstances';

/** The body of an activation that satisfies the default rules. */
export const activation = (principalId: string, roleDefinitionId: string, more: object = {}): object => ({
  action: 'selfActivate',
  principalId,
  roleDefinitionId,
  directoryScopeId: '/',
  justification: 'Reset a locked account',
  scheduleInfo: { expiration: { type: 'afterDuration', duration: 'PT1H' } },
  ...more,
});

/** The body of an administrator's request. */
export const assignment = (
  action: string,
  principalId: string,
  roleDefinitionId: string,
  more: object = {},
): object => ({
  action,
  principalId,
  roleDefinitionId,
  directoryScopeId: '/',
  justification: 'Agreed with the team lead',
  ...(action === 'adminAssign' ? { scheduleInfo: { expiration: { type: 'noExpiration' } } } : {}),
  ...more,
});
