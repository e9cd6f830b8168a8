/** On every line of a process, or told otherwise. */
const untold = new Set(['level', 'time', 'service', 'tenant', 'msg', 'err']);

interface Line {
  readonly level: string;
  readonly msg?: string;
  readonly err?: { readonly stack?: string; readonly message?: string };
  readonly [field: string]: unknown;
}

/** One line each, whatever is in it. */
const valueOf = (value: unknown): string =>
  typeof value === 'string' && /^[\x21-\x7e]+$/.test(value) ? value : JSON.stringify(value);

const fieldsOf = (line: Line): readonly string[] =>
  Object.entries(line)
    .filter(([name]) => !untold.has(name))
    .map(([name, value]) => `${name}=${valueOf(value)}`);

const errorOf = ({ err }: Line): string => (err ? `\n${err.stack ?? err.message ?? ''}` : '');

/** A line of JSON as people read it: the message, the fields, and the stack of an error below. */
export const textOf = (json: string): string => {
  const line = JSON.parse(json) as Line;
  const words = [line.level.toUpperCase(), line.msg?.replace(/\s+/g, ' ') ?? '', ...fieldsOf(line)];
  return `${words.filter((word) => word !== '').join(' ')}${errorOf(line)}`;
};
