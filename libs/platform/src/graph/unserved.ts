import { ApiError } from '../auth';
import { decodedPath } from './decoded-path';

/** Routes by their segments: `['v1.0', 'users', ':id']` and the methods it is served with. */
interface Served {
  readonly segments: readonly string[];
  readonly methods: readonly string[];
}

const segmentsOf = (path: string): readonly string[] => path.replace(/^\/|\/$/g, '').split('/');

const isLike = (pattern: string, segment: string | undefined): boolean =>
  pattern.startsWith(':') ? !!segment : pattern === segment;

/** Whether a path goes along a route for as long as it is. */
const goesAlong = (path: readonly string[], { segments }: Served): boolean =>
  path.length <= segments.length && path.every((segment, n) => isLike(segments[n] ?? '', segment));

const group = (routes: readonly string[]): readonly Served[] => {
  const methods = new Map<string, string[]>();
  for (const route of routes) {
    const [method = '', url = ''] = route.split(' ');
    methods.set(url, [...(methods.get(url) ?? []), method]);
  }
  return [...methods].map(([url, served]) => ({ segments: segmentsOf(url), methods: served }));
};

const wrongMethod = (method: string, allowed: readonly string[]): ApiError => {
  const allow = [...new Set(allowed)].sort().join(', ');
  return new ApiError(405, 'Request_UnsupportedQuery', `${method} is not served here. It takes ${allow}.`, {
    Allow: allow,
  });
};

const incomplete = new ApiError(
  400,
  'Request_InvalidRequestUrl',
  'The path ends too early: what is served goes on behind it.',
);

const shown = (segment: string): string => (segment.length > 64 ? `${segment.slice(0, 64)}…` : segment);

const unknown = (path: readonly string[], served: readonly Served[]): ApiError => {
  const from = path.findIndex((_, n) => !served.some((route) => goesAlong(path.slice(0, n + 1), route)));
  const segment = shown(path[from] ?? '');
  return new ApiError(404, 'Request_ResourceNotFound', `Resource not found for the segment '${segment}'.`);
};

/**
 * Why a request found no route (reference §5.2): 405 with `Allow` where the path is served with other methods, 400
 * where it is the beginning of one that is, 404 where no path goes on like that.
 */
export const unservedReason = (method: string, url: string, routes: readonly string[]): ApiError => {
  const path = segmentsOf(url.replace(/[?#].*$/s, '')).map(decodedPath);
  const served = group(routes);
  const along = served.filter((route) => goesAlong(path, route));
  const allowed = along.filter(({ segments }) => segments.length === path.length).flatMap(({ methods }) => methods);
  if (allowed.length > 0) return wrongMethod(method, allowed);
  return along.length > 0 && path.length > 1 ? incomplete : unknown(path, served);
};
