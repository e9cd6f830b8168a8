import { plainToInstance, Type } from 'class-transformer';
import { IsIn, IsInt, IsNotEmpty, IsOptional, IsString, IsUrl, IsUUID, Max, Min, validateSync } from 'class-validator';
import { readFileSync } from 'node:fs';
import type { ScimAccess } from './auth';
import { hostsIn, keysIn, type ExtensionSettings } from './extensions/extension-settings';
import type { HttpRules } from './http-rules';
import { logLevels, type LogFormat, type LogLevel, type LogRules } from './observe/log';
import type { Limits } from './throttle/throttle';

/** Beyond this, no limit says it better. */
const most = 1_000_000;

const url = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };

/** What the environment may set; every variable has a default that works on a laptop. */
class Environment {
  @IsInt() @Min(0) @Max(65_535) readonly PORT: number = 8080;
  @IsString() @IsNotEmpty() readonly HOST: string = '127.0.0.1';
  @IsString() @IsNotEmpty() readonly OPENPIM_DATA: string = '.data';
  @IsIn(['development', 'production']) readonly OPENPIM_MODE: 'development' | 'production' = 'production';
  @IsUUID() readonly OPENPIM_TENANT_ID: string = 'e0000000-0000-4000-8000-000000000001';
  /** Issuer URL of the OIDC provider; required in production. */
  @IsOptional() @IsUrl(url) readonly OPENPIM_ISSUER: string | null = null;
  /** What clients reach this process by; part of the development issuer's name. */
  @IsOptional() @IsUrl(url) readonly OPENPIM_URL: string | null = null;
  /** Who holds the two top roles when the log is empty; nobody could give a role to anybody otherwise. */
  @IsOptional() @IsUUID() readonly OPENPIM_FIRST_ADMINISTRATOR: string | null = null;
  @IsString() @IsNotEmpty() readonly OPENPIM_AUDIENCE: string = 'openpim';
  /** Where the log is kept, `esdb://…`; without it in a file of OPENPIM_DATA. */
  @IsOptional() @IsString() readonly EVENT_STORE_URL: string | null = null;
  /** What carries events between services, `host:port,host:port`; without it memory. */
  @IsOptional() @IsString() readonly KAFKA_BROKERS: string | null = null;
  @IsIn(['on', 'off']) readonly KAFKA_TLS: 'on' | 'off' = 'off';
  @IsOptional() @IsString() readonly KAFKA_USERNAME: string | null = null;
  /** A file that holds the password of KAFKA_USERNAME. */
  @IsOptional() @IsString() readonly KAFKA_PASSWORD_FILE: string | null = null;
  /** Where read models are, `mongodb://…`; without it in memory, rebuilt at each start. */
  @IsOptional() @IsString() readonly MONGODB_URL: string | null = null;
  /** Requests in ten seconds; 0: no limit. */
  @IsInt() @Min(0) @Max(most) readonly OPENPIM_LIMIT_CALLER: number = 20_000;
  @IsInt() @Min(0) @Max(most) readonly OPENPIM_LIMIT_TENANT: number = 100_000;
  @IsInt() @Min(0) @Max(most) readonly OPENPIM_LIMIT_ADDRESS: number = 1_000;
  @IsInt() @Min(0) @Max(most) readonly OPENPIM_LIMIT_AUDIT: number = 0;
  /** Whether a POST sent again under its client-request-id is the same call. */
  @IsIn(['on', 'off']) readonly OPENPIM_IDEMPOTENCY: 'on' | 'off' = 'on';
  /** A file that holds the token SCIM clients send; none: they need one of the issuer. */
  @IsOptional() @IsString() readonly OPENPIM_SCIM_TOKEN_FILE: string | null = null;
  /** Whether that token suffices for the accounts of people with privileged roles. */
  @IsIn(['on', 'off']) readonly OPENPIM_SCIM_PRIVILEGED: 'on' | 'off' = 'off';
  /** Default: text in development mode, where people read it, else JSON. */
  @IsOptional() @IsIn(['json', 'text']) readonly OPENPIM_LOG_FORMAT: LogFormat | null = null;
  /** Default: `warn` for text, else `info`. */
  @IsOptional() @IsIn(logLevels) readonly OPENPIM_LOG_LEVEL: LogLevel | null = null;
  /** Where metrics and probes are, besides or apart from what clients reach. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(0) @Max(65_535) readonly OPENPIM_METRICS_PORT: number | null = null;
  /** Where traces are sent, OTLP over HTTP; without it nothing is traced. */
  @IsOptional() @IsUrl(url) readonly OTEL_EXPORTER_OTLP_ENDPOINT: string | null = null;
  /** Which hosts custom extensions of roles may be on, `host,host:port`; none: there are no custom extensions. */
  @IsOptional() @IsString() readonly OPENPIM_EXTENSION_HOSTS: string | null = null;
  /** A file with the keys that sign what those are asked. */
  @IsOptional() @IsString() readonly OPENPIM_EXTENSION_KEY_FILE: string | null = null;
}

type Source = Readonly<Record<string, string | undefined>>;

/** Which servers stand behind the ports; null: none, what it would hold is kept by this process. */
export interface Servers {
  readonly eventStoreUrl: string | null;
  readonly kafka: KafkaServer | null;
  readonly mongoUrl: string | null;
}

export interface KafkaServer {
  /** `host:port`, at least one. */
  readonly brokers: readonly string[];
  readonly isTls: boolean;
  readonly login: { readonly username: string; readonly password: string } | null;
}

/** The configuration of the process, read once. */
export interface Env {
  readonly port: number;
  readonly host: string;
  readonly dataFolder: string;
  readonly development: boolean;
  readonly tenantId: string;
  readonly issuer: string | null;
  readonly audience: string;
  /** Object id of a user; null: nobody is set up. */
  readonly firstAdministrator: string | null;
  /** Whether clients reach this process by another name than its own address. */
  readonly isBehindProxy: boolean;
  /** Without a slash at the end. */
  readonly publicUrl: string;
  readonly http: HttpRules;
  /** null: SCIM clients need a token of the issuer. */
  readonly scim: ScimAccess | null;
  /** null: roles have no custom extensions. */
  readonly extensions: ExtensionSettings | null;
  readonly servers: Servers;
  readonly log: LogRules;
  /** null: metrics are served with everything else, in development mode; otherwise nowhere. */
  readonly metricsPort: number | null;
  /** Where traces are sent, without a slash at the end; null: nowhere. */
  readonly tracesUrl: string | null;
}

/** A configuration that must not run; the message says what to change. */
export class UnusableEnvironment extends Error {}

const known = new Set(Object.keys(new Environment()));

const read = (source: Source): Environment => {
  const given = Object.fromEntries(Object.entries(source).filter(([name, value]) => known.has(name) && value !== ''));
  const environment = plainToInstance(Environment, given, { enableImplicitConversion: true });
  const [first] = validateSync(environment);
  if (first)
    throw new UnusableEnvironment(
      `${Object.values(first.constraints ?? {})
        .slice(0, 1)
        .join('')}.`,
    );
  return environment;
};

const limitsIn = (environment: Environment): Limits => ({
  caller: environment.OPENPIM_LIMIT_CALLER,
  tenant: environment.OPENPIM_LIMIT_TENANT,
  address: environment.OPENPIM_LIMIT_ADDRESS,
  audit: environment.OPENPIM_LIMIT_AUDIT,
});

/** Shorter ones could be guessed. */
const shortestToken = 32;

const scimIn = (environment: Environment): ScimAccess | null => {
  const file = environment.OPENPIM_SCIM_TOKEN_FILE;
  if (file === null) return null;
  const token = textIn('OPENPIM_SCIM_TOKEN_FILE', file).trim();
  if (token.length < shortestToken || /\s/.test(token))
    throw new UnusableEnvironment(
      `The file of OPENPIM_SCIM_TOKEN_FILE must hold one token of at least ${shortestToken} characters without blanks. ` +
        'Make one with: openssl rand -hex 32',
    );
  return { token, isForPrivileged: environment.OPENPIM_SCIM_PRIVILEGED === 'on' };
};

const extensionsIn = (environment: Environment): ExtensionSettings | null => {
  const { OPENPIM_EXTENSION_HOSTS, OPENPIM_EXTENSION_KEY_FILE, OPENPIM_MODE } = environment;
  if (OPENPIM_EXTENSION_HOSTS === null && OPENPIM_EXTENSION_KEY_FILE === null) return null;
  if (OPENPIM_EXTENSION_HOSTS === null || OPENPIM_EXTENSION_KEY_FILE === null)
    throw new UnusableEnvironment(
      'OPENPIM_EXTENSION_HOSTS and OPENPIM_EXTENSION_KEY_FILE belong together: set both or none.',
    );
  const hosts = hostsIn(OPENPIM_EXTENSION_HOSTS);
  if (!hosts)
    throw new UnusableEnvironment(
      'OPENPIM_EXTENSION_HOSTS must be a list such as tickets.example.com,risk.example.com:8443.',
    );
  const keys = keysIn(textIn('OPENPIM_EXTENSION_KEY_FILE', OPENPIM_EXTENSION_KEY_FILE));
  if (!keys)
    throw new UnusableEnvironment(
      'The file of OPENPIM_EXTENSION_KEY_FILE must hold keys of 24 to 64 bytes in base64, one a line. ' +
        'Make one with: echo "whsec_$(openssl rand -base64 32)"',
    );
  return { hosts, keys, allowsLocalHttp: OPENPIM_MODE === 'development' };
};

const kafkaIn = (environment: Environment): KafkaServer | null => {
  const { KAFKA_BROKERS, KAFKA_TLS, KAFKA_USERNAME, KAFKA_PASSWORD_FILE } = environment;
  if (KAFKA_BROKERS === null) return null;
  if ((KAFKA_USERNAME === null) !== (KAFKA_PASSWORD_FILE === null))
    throw new UnusableEnvironment('KAFKA_USERNAME and KAFKA_PASSWORD_FILE belong together: set both or none.');
  return {
    brokers: KAFKA_BROKERS.split(',').map((broker) => broker.trim()),
    isTls: KAFKA_TLS === 'on',
    login:
      KAFKA_USERNAME === null || KAFKA_PASSWORD_FILE === null
        ? null
        : { username: KAFKA_USERNAME, password: textIn('KAFKA_PASSWORD_FILE', KAFKA_PASSWORD_FILE).trim() },
  };
};

const serversIn = (environment: Environment): Servers => ({
  eventStoreUrl: environment.EVENT_STORE_URL,
  kafka: kafkaIn(environment),
  mongoUrl: environment.MONGODB_URL,
});

const logIn = ({ OPENPIM_MODE, OPENPIM_LOG_FORMAT, OPENPIM_LOG_LEVEL }: Environment): LogRules => {
  const format = OPENPIM_LOG_FORMAT ?? (OPENPIM_MODE === 'development' ? 'text' : 'json');
  return { format, level: OPENPIM_LOG_LEVEL ?? (format === 'text' ? 'warn' : 'info') };
};

const withoutSlash = (address: string): string => address.replace(/\/+$/, '');

const textIn = (variable: string, file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UnusableEnvironment(`${variable} names a file that cannot be read: ${file}.`, { cause });
  }
};

/**
 * Parses and checks the environment; `port` is the app's own default. Throws `UnusableEnvironment`; a production
 * configuration without an OIDC provider is one.
 */
export const readEnv = (source: Source, { port }: { port: number }): Env => {
  const environment = read({ PORT: String(port), ...source });
  const development = environment.OPENPIM_MODE === 'development';
  if (!development && environment.OPENPIM_ISSUER === null)
    throw new UnusableEnvironment(
      'OPENPIM_ISSUER must name your OIDC provider; the development issuer runs only with OPENPIM_MODE=development.',
    );
  return Object.freeze({
    port: environment.PORT,
    host: environment.HOST,
    dataFolder: environment.OPENPIM_DATA,
    development,
    tenantId: environment.OPENPIM_TENANT_ID,
    issuer: environment.OPENPIM_ISSUER,
    audience: environment.OPENPIM_AUDIENCE,
    firstAdministrator: environment.OPENPIM_FIRST_ADMINISTRATOR,
    isBehindProxy: environment.OPENPIM_URL !== null,
    http: { limits: limitsIn(environment), isIdempotent: environment.OPENPIM_IDEMPOTENCY === 'on' },
    scim: scimIn(environment),
    extensions: extensionsIn(environment),
    servers: serversIn(environment),
    log: logIn(environment),
    metricsPort: environment.OPENPIM_METRICS_PORT,
    tracesUrl: environment.OTEL_EXPORTER_OTLP_ENDPOINT && withoutSlash(environment.OTEL_EXPORTER_OTLP_ENDPOINT),
    publicUrl: withoutSlash(environment.OPENPIM_URL ?? `http://127.0.0.1:${environment.PORT}`),
  });
};
