import { createRequire } from 'node:module';

const load = createRequire(__filename);

/** The SDK and its exporter. They take longer to load than everything else together: only who traces does. */
export const loadPackages = () => ({
  api: load('@opentelemetry/api') as typeof import('@opentelemetry/api'),
  resources: load('@opentelemetry/resources') as typeof import('@opentelemetry/resources'),
  sdk: load('@opentelemetry/sdk-trace-node') as typeof import('@opentelemetry/sdk-trace-node'),
  exporter: load('@opentelemetry/exporter-trace-otlp-http') as typeof import('@opentelemetry/exporter-trace-otlp-http'),
});

export type Packages = ReturnType<typeof loadPackages>;
