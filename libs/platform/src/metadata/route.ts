import type { ServedSet } from './served-set';

/** A registered route, taken apart. */
export interface Route {
  readonly method: string;
  /** `/v1.0/users/{id}` */
  readonly path: string;
  readonly url: string;
  /** The set it is of, and whether it is the set itself or one entity of it; nothing for what is beside the sets. */
  readonly set?: ServedSet | undefined;
  readonly isEntity: boolean;
}

/** A set's own path behind the version, its function's too, as the set's. */
const setPathOf = (url: string): string =>
  url.replace(/^\/(?:v1\.0|beta)\//, '').replace(/\/filterByCurrentUser\/:on$/, '');

const parentOf = (path: string): string => /^(.*)\/:[^/]+$/.exec(path)?.[1] ?? '';

/** Takes apart a route as it was registered: `GET /v1.0/users/:id`. */
export const routeOf = (route: string, sets: ReadonlyMap<string, ServedSet>): Route => {
  const [method = '', url = ''] = route.split(' ');
  const path = url.replace(/:([^/]+)/g, '{$1}');
  const own = sets.get(setPathOf(url));
  const parent = sets.get(parentOf(setPathOf(url)));
  return { method, path, url, set: own ?? parent, isEntity: own ? own.isSingleton === true : parent !== undefined };
};
