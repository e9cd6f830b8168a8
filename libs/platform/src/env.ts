import { plainToInstance } from 'class-transformer';
import { IsIn, IsInt, IsNotEmpty, IsString, IsUUID, Max, Min, validateSync } from 'class-validator';

/** What the environment may set; every variable has a default that works on a laptop. */
class Environment {
  @IsInt() @Min(0) @Max(65_535) readonly PORT: number = 8080;
  @IsString() @IsNotEmpty() readonly HOST: string = '127.0.0.1';
  @IsString() @IsNotEmpty() readonly OPENPIM_DATA: string = '.data';
  @IsIn(['development', 'production']) readonly OPENPIM_MODE: 'development' | 'production' = 'production';
  @IsUUID() readonly OPENPIM_TENANT_ID: string = 'e0000000-0000-4000-8000-000000000001';
  /** Issuer URL of the OIDC provider; required in production. */
  @IsString() readonly OPENPIM_ISSUER: string = '';
  /** What clients reach this process by; part of the development issuer's name. */
  @IsString() readonly OPENPIM_URL: string = '';
  @IsString() @IsNotEmpty() readonly OPENPIM_AUDIENCE: string = 'openpim';
}

type Source = Readonly<Record<string, string | undefined>>;

/** The configuration of the process, read once. */
export interface Env {
  readonly port: number;
  readonly host: string;
  readonly dataFolder: string;
  readonly development: boolean;
  readonly tenantId: string;
  readonly issuer: string | null;
  readonly audience: string;
  /** Without a slash at the end. */
  readonly publicUrl: string;
}

/** A configuration that must not run; the message says what to change. */
export class UnusableEnvironment extends Error {}

const known = new Set(Object.keys(new Environment()));

const read = (source: Source): Environment => {
  const given = Object.fromEntries(Object.entries(source).filter(([name, value]) => known.has(name) && value !== ''));
  const environment = plainToInstance(Environment, given, { enableImplicitConversion: true });
  const [first] = validateSync(environment);
  if (first) throw new UnusableEnvironment(`${first.property}: ${Object.values(first.constraints ?? {}).join('; ')}.`);
  return environment;
};

/**
 * Parses and checks the environment; `port` is the app's own default. Throws `UnusableEnvironment`; a production
 * configuration without an OIDC provider is one.
 */
export const readEnv = (source: Source, { port }: { port: number }): Env => {
  const environment = read({ PORT: String(port), ...source });
  const development = environment.OPENPIM_MODE === 'development';
  if (!development && environment.OPENPIM_ISSUER === '')
    throw new UnusableEnvironment(
      'OPENPIM_ISSUER must name your OIDC provider; the development issuer runs only with OPENPIM_MODE=development.',
    );
  return Object.freeze({
    port: environment.PORT,
    host: environment.HOST,
    dataFolder: environment.OPENPIM_DATA,
    development,
    tenantId: environment.OPENPIM_TENANT_ID,
    issuer: environment.OPENPIM_ISSUER || null,
    audience: environment.OPENPIM_AUDIENCE,
    publicUrl: (environment.OPENPIM_URL || `http://127.0.0.1:${environment.PORT}`).replace(/\/+$/, ''),
  });
};
