import { isPublic, type PermissionRow } from './permission-row';
import { permissionTable } from './permission-table';

const version = /^\/(?:v1\.0|beta|:version[^/]*)/;

/** `/v1.0/users/:userId/` → `/users/:`: versions, names of parameters and a last slash make no difference. */
const shapeOf = (url: string): string =>
  url
    .replace(version, '')
    .replace(/:[^/]+/g, ':')
    .replace(/(?<=.)\/$/, '');

const isBelow = (wildcard: string, path: string): boolean => {
  const folder = wildcard.slice(0, -'/*'.length);
  return path === folder || path.startsWith(`${folder}/`);
};

const exact: ReadonlyMap<string, PermissionRow> = new Map(permissionTable.map((row) => [shapeOf(row.route), row]));
const wildcards = permissionTable.filter(({ route }) => route.endsWith('/*'));

/**
 * The row of a registered route, or null when it has none. `url` is the route's pattern as the router knows it, with or
 * without the version in front. HEAD needs what GET needs.
 */
export const rowFor = (method: string, url: string): PermissionRow | null => {
  const path = shapeOf(url);
  const verb = method.toUpperCase() === 'HEAD' ? 'GET' : method.toUpperCase();
  const wildcard = wildcards.find((row) => isPublic(row) && isBelow(row.route.replace(/^ANY /, ''), path));
  return exact.get(`${verb} ${path}`) ?? wildcard ?? null;
};

/** Which of these registered routes (`GET /v1.0/users/:id`) have no row: start-up refuses them. */
export const missingRows = (routes: readonly string[]): string[] =>
  routes.filter((route) => {
    const [method = '', url = ''] = route.split(' ');
    return rowFor(method, url) === null;
  });
