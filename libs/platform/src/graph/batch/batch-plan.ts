import { ApiError } from '../../auth';
import { decodedPath } from '../decoded-path';

/** One request of a batch as the client sent it. */
export interface BatchItem {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, unknown>> | null;
  readonly body?: unknown;
  readonly dependsOn?: readonly string[] | null;
}

/** One request as it is carried out: a path of this server, and every request it depends on comes before it. */
export interface BatchStep {
  readonly id: string;
  readonly method: string;
  /** Path and query: `/v1.0/me?$select=id`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly dependsOn: readonly string[];
}

/** What relative URLs are relative to: `http://host:port` and `/v1.0`. */
export interface BatchBase {
  readonly origin: string;
  readonly version: string;
}

const refused = (message: string): ApiError => new ApiError(400, 'BadRequest', message);

/**
 * Of the connection, or of the batch as a whole. `Authorization` is among them: every request runs as whoever sent the
 * batch, and some SDKs repeat the token in each of them.
 */
const notTheirs = new Set([
  'authorization',
  'connection',
  'content-length',
  'cookie',
  'expect',
  'host',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const name = /^[\w!#$%&'*+.^`|~-]{1,128}$/;
const value = /^[\t\x20-\x7e\x80-\xff]{0,8192}$/;

const headersOf = ({ id, headers }: BatchItem): Readonly<Record<string, string>> => {
  const kept: Record<string, string> = {};
  for (const [key, text] of Object.entries(headers ?? {})) {
    if (!name.test(key) || typeof text !== 'string' || !value.test(text))
      throw refused(`The headers of request "${id}" must be texts that HTTP can carry.`);
    if (!notTheirs.has(key.toLowerCase())) kept[key.toLowerCase()] = text;
  }
  return kept;
};

const elsewhere = (id: string): ApiError =>
  refused(`The url of request "${id}" must be relative to the version, such as "/me": it leads elsewhere.`);

const resolved = ({ id, url }: BatchItem, { origin, version }: BatchBase): URL => {
  if (url.startsWith('//')) throw elsewhere(id);
  const isAbsolute = /^[a-z][a-z\d+.-]*:/i.test(url);
  const text = isAbsolute ? url : `${origin}${version}/${url.replace(/^\//, '')}`;
  if (!URL.canParse(text)) throw refused(`The url of request "${id}" cannot be read.`);
  return new URL(text);
};

/** Resolved, so that no way of spelling it (`..`, a backslash, an address) leads out of the version. */
const pathOf = (item: BatchItem, base: BatchBase): string => {
  const { origin, pathname, search } = resolved(item, base);
  if (origin !== new URL(base.origin).origin || !pathname.startsWith(`${base.version}/`)) throw elsewhere(item.id);
  if (/^\/*\$batch\/*$/i.test(decodedPath(pathname.slice(base.version.length))))
    throw refused(`Request "${item.id}" is a batch: a batch may not hold another one.`);
  return pathname + search;
};

/** Requests in an order in which whatever one depends on comes before it; throws when there is none. */
const ordered = (steps: readonly BatchStep[]): readonly BatchStep[] => {
  const done = new Set<string>();
  const order: BatchStep[] = [];
  let waiting = steps;
  while (waiting.length > 0) {
    const ready = waiting.filter(({ dependsOn }) => dependsOn.every((id) => done.has(id)));
    if (ready.length === 0)
      throw refused(`These requests depend on one another in a circle: ${waiting.map(({ id }) => id).join(', ')}.`);
    for (const step of ready) done.add(step.id);
    order.push(...ready);
    waiting = waiting.filter(({ id }) => !done.has(id));
  }
  return order;
};

const requireKnown = (items: readonly BatchItem[]): void => {
  const ids = new Set(items.map(({ id }) => id));
  if (ids.size < items.length) throw refused('Every request of a batch needs an id of its own.');
  for (const { id, dependsOn } of items)
    for (const other of dependsOn ?? [])
      if (!ids.has(other)) throw refused(`Request "${id}" depends on "${other}", which is not in the batch.`);
};

/**
 * Reads a batch before any of it is carried out (reference §0.4). Throws a 400 when any of its requests cannot be: ids
 * given twice, unknown or circular dependencies, URLs that lead elsewhere, a batch in the batch, unusable headers.
 */
export const planBatch = (items: readonly BatchItem[], base: BatchBase): readonly BatchStep[] => {
  requireKnown(items);
  return ordered(
    items.map((item) => ({
      id: item.id,
      method: item.method.toUpperCase(),
      path: pathOf(item, base),
      headers: headersOf(item),
      body: item.body,
      dependsOn: item.dependsOn ?? [],
    })),
  );
};
