import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnv, UnusableEnvironment } from './env';

const app = { port: 8080 };
const development = { OPENPIM_MODE: 'development' };
const production = { OPENPIM_ISSUER: 'https://login.example/idp' };

const faultIn = (source: Record<string, string>): string => {
  try {
    readEnv(source, app);
  } catch (error) {
    if (error instanceof UnusableEnvironment) return error.message;
    throw error;
  }
  throw new Error(`${JSON.stringify(source)} was taken`);
};

describe('the environment', () => {
  it('needs nothing but the mode on a laptop', () =>
    expect(readEnv(development, app)).toEqual({
      port: 8080,
      host: '127.0.0.1',
      dataFolder: '.data',
      development: true,
      tenantId: 'e0000000-0000-4000-8000-000000000001',
      issuer: null,
      audience: 'openpim',
      firstAdministrator: null,
      isBehindProxy: false,
      publicUrl: 'http://127.0.0.1:8080',
      http: { limits: { caller: 20_000, tenant: 100_000, address: 1_000, audit: 0 }, isIdempotent: true },
      scim: null,
      extensions: null,
      servers: { eventStoreUrl: null, kafka: null, mongoUrl: null },
      log: { format: 'text', level: 'warn' },
      metricsPort: null,
      tracesUrl: null,
    }));

  it('is production unless it says otherwise, and then needs an identity provider', () => {
    expect(faultIn({})).toContain('OPENPIM_ISSUER must name your OIDC provider');
    expect(faultIn({ OPENPIM_MODE: 'production', OPENPIM_ISSUER: '' })).toContain('OPENPIM_ISSUER');
    expect(readEnv(production, app)).toMatchObject({ development: false, issuer: 'https://login.example/idp' });
  });

  it.each(['Development', 'dev', 'true', 'test'])(
    'has no mode %s: a typo must not open the development issuer',
    (mode) =>
      expect(faultIn({ ...production, OPENPIM_MODE: mode })).toMatch(/^OPENPIM_MODE\b.*development, production/),
  );

  it('sets what its variables say', () =>
    expect(
      readEnv(
        {
          ...production,
          PORT: '0',
          HOST: '0.0.0.0',
          OPENPIM_DATA: '/var/lib/openpim',
          OPENPIM_TENANT_ID: '11111111-1111-4111-8111-111111111111',
          OPENPIM_AUDIENCE: 'api://pim',
          OPENPIM_URL: 'https://pim.example/',
          OPENPIM_FIRST_ADMINISTRATOR: '22222222-2222-4222-8222-222222222222',
          OPENPIM_LIMIT_CALLER: '100',
          OPENPIM_LIMIT_TENANT: '0',
          OPENPIM_LIMIT_ADDRESS: '10',
          OPENPIM_LIMIT_AUDIT: '5',
          OPENPIM_IDEMPOTENCY: 'off',
          OPENPIM_LOG_LEVEL: 'debug',
          OPENPIM_METRICS_PORT: '9464',
          OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/',
        },
        app,
      ),
    ).toEqual({
      port: 0,
      host: '0.0.0.0',
      dataFolder: '/var/lib/openpim',
      development: false,
      tenantId: '11111111-1111-4111-8111-111111111111',
      issuer: 'https://login.example/idp',
      audience: 'api://pim',
      firstAdministrator: '22222222-2222-4222-8222-222222222222',
      isBehindProxy: true,
      publicUrl: 'https://pim.example',
      http: { limits: { caller: 100, tenant: 0, address: 10, audit: 5 }, isIdempotent: false },
      scim: null,
      extensions: null,
      servers: { eventStoreUrl: null, kafka: null, mongoUrl: null },
      log: { format: 'json', level: 'debug' },
      metricsPort: 9464,
      tracesUrl: 'http://collector:4318',
    }));

  it('logs for people in development mode and for machines in production, unless it says otherwise', () => {
    expect(readEnv(production, app).log).toEqual({ format: 'json', level: 'info' });
    expect(readEnv({ ...production, OPENPIM_LOG_FORMAT: 'text' }, app).log).toEqual({ format: 'text', level: 'warn' });
    expect(readEnv({ ...development, OPENPIM_LOG_FORMAT: 'json' }, app).log).toEqual({ format: 'json', level: 'info' });
    expect(faultIn({ ...production, OPENPIM_LOG_LEVEL: 'loud' })).toMatch(/^OPENPIM_LOG_LEVEL\b/);
  });

  it.each(['-1', '1.5', 'many', '1000001'])('has no limit of %s requests', (limit) =>
    expect(faultIn({ ...development, OPENPIM_LIMIT_CALLER: limit })).toMatch(/^OPENPIM_LIMIT_CALLER\b/),
  );

  it('takes an empty variable for one that is not set', () =>
    expect(readEnv({ ...development, PORT: '', HOST: '', OPENPIM_DATA: '' }, app)).toEqual(readEnv(development, app)));

  it.each(['x', '-1', '65536', '80.5', '8080x', 'NaN', 'Infinity', '1e9', 'true'])('has no port %s', (port) => {
    expect(faultIn({ ...development, PORT: port })).toMatch(/^PORT\b/);
    expect(faultIn({ ...development, OPENPIM_METRICS_PORT: port })).toMatch(/^OPENPIM_METRICS_PORT\b/);
  });

  it.each(['pim.example', 'localhost:8080', 'javascript:alert(1)', 'file:///etc/passwd', 'https://', 'x'])(
    'has no issuer and no address %s',
    (address) => {
      expect(faultIn({ OPENPIM_ISSUER: address })).toMatch(/^OPENPIM_ISSUER\b/);
      expect(faultIn({ ...development, OPENPIM_URL: address })).toMatch(/^OPENPIM_URL\b/);
    },
  );

  it('has a tenant id that is a GUID', () =>
    expect(faultIn({ ...development, OPENPIM_TENANT_ID: 'contoso' })).toMatch(/^OPENPIM_TENANT_ID\b/));

  it('names in its complaint the variable, and none of its other values', () => {
    const fault = faultIn({ ...development, PORT: 'x', SECRET: 'hunter2', OPENPIM_DATA: '/srv/secret' });
    expect(fault).toMatch(/^PORT\b/);
    expect(fault).not.toMatch(/hunter2|srv/);
  });

  it('has the port of its app unless it names one, and says so in its address', () => {
    expect(readEnv(development, { port: 9001 })).toMatchObject({ port: 9001, publicUrl: 'http://127.0.0.1:9001' });
    expect(readEnv({ ...development, PORT: '9000' }, { port: 9001 })).toMatchObject({ port: 9000 });
  });

  it('ignores variables of other programs, whatever they are called', () => {
    const foreign = JSON.parse('{"__proto__":"x","constructor":"x","toString":"x","port":"1","PATH":"/bin"}') as object;
    expect(readEnv({ ...foreign, ...development }, app)).toEqual(readEnv(development, app));
  });

  it('cannot be changed once it was read', () => expect(Object.isFrozen(readEnv(development, app))).toBe(true));

  it('names the servers behind it', () => {
    const set = { ...production, EVENT_STORE_URL: 'esdb://store:2113', MONGODB_URL: 'mongodb://read-models' };
    expect(readEnv({ ...set, KAFKA_BROKERS: 'one:9092, two:9092', KAFKA_TLS: 'on' }, app).servers).toEqual({
      eventStoreUrl: 'esdb://store:2113',
      kafka: { brokers: ['one:9092', 'two:9092'], isTls: true, login: null },
      mongoUrl: 'mongodb://read-models',
    });
    expect(faultIn({ ...set, KAFKA_BROKERS: 'one:9092', KAFKA_USERNAME: 'pim' })).toContain('belong together');
  });

  describe('with a token for SCIM', () => {
    const folder = mkdtempSync(join(tmpdir(), 'openpim-env-'));
    afterAll(() => rmSync(folder, { recursive: true }));
    const file = (text: string): string => {
      const path = join(folder, 'token');
      writeFileSync(path, text);
      return path;
    };
    const token = 'a'.repeat(32);

    it('takes it from a file, without the line break behind it', () => {
      const set = { ...production, OPENPIM_SCIM_TOKEN_FILE: file(`${token}\n`) };
      expect(readEnv(set, app).scim).toEqual({ token, isForPrivileged: false });
      expect(readEnv({ ...set, OPENPIM_SCIM_PRIVILEGED: 'on' }, app).scim).toEqual({ token, isForPrivileged: true });
    });

    it.each(['', 'a'.repeat(31), `${token} ${token}`])('does not take %j, and does not repeat it', (text) => {
      const fault = faultIn({ ...production, OPENPIM_SCIM_TOKEN_FILE: file(text) });
      expect(fault).toContain('at least 32 characters');
      expect(fault).not.toContain('aaaa');
    });

    it('says when the file cannot be read', () =>
      expect(faultIn({ ...production, OPENPIM_SCIM_TOKEN_FILE: join(folder, 'none') })).toContain('cannot be read'));
  });
});
