import { destination, pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import { createRedaction } from './redact';
import { textOf } from './text-line';

/** How lines are written: JSON for machines on standard output, text for people on standard error. */
export type LogFormat = 'json' | 'text';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What is written, and how. */
export interface LogRules {
  readonly format: LogFormat;
  readonly level: LogLevel;
}

export interface LogOptions extends LogRules {
  /** On every line. */
  readonly fields: Readonly<Record<string, string>>;
  /** What must never be in a line, whatever says it. */
  readonly secrets: readonly string[];
}

/** Writes lines, each with a level, a message and fields. An error is the field `err`. */
export type Log = Logger;

/** Lets the event loop go on while a slow reader takes the lines; what waits at the end of the process is written then. */
const json = (): DestinationStream => destination({ dest: 1, sync: false });

const text: DestinationStream = { write: (line) => console.error(textOf(line)) };

/** A logger; `out` takes the JSON lines in place of the standard streams. */
export const createLog = ({ format, level, fields, secrets }: LogOptions, out?: DestinationStream): Log =>
  pino(
    {
      level,
      base: fields,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: createRedaction(secrets) },
    },
    out ?? (format === 'json' ? json() : text),
  );
