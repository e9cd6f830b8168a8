import type { LoggerService } from '@nestjs/common';
import type { Log } from './log';

/** Nest's own errors and warnings in our log; what it tells besides is of no use to whoever runs it. */
export const nestLog = (log: Log): LoggerService => ({
  log: () => undefined,
  error: (message: unknown, ...more: readonly unknown[]) => log.error({ nest: more.map(String) }, String(message)),
  warn: (message: unknown, ...more: readonly unknown[]) => log.warn({ nest: more.map(String) }, String(message)),
  fatal: (message: unknown, ...more: readonly unknown[]) => log.fatal({ nest: more.map(String) }, String(message)),
});
