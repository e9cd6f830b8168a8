import { isPublic, rowFor, type PermissionRow } from '../auth';
import { componentsOf, refTo } from './openapi-schemas';
import { errorFor, errors } from './openapi-errors';
import { parametersOf } from './openapi-parameters';
import { routeOf, type Route } from './route';
import { schemaOf, type ServedSet } from './served-set';
import { typeModelOf } from './type-model';

type Json = Readonly<Record<string, unknown>>;

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** `getV10UsersById`: one per route, because it is made of nothing but the route. */
const operationId = ({ method, path }: Route): string => {
  const parts = path.split('/').map((part) => part.replace(/^\{(.*)\}$/, 'by-$1').split(/[^A-Za-z0-9]+/));
  return `${method.toLowerCase()}${parts.flat().map(capital).join('')}`;
};

const securityOf = (row: PermissionRow | null): readonly Json[] => {
  if (row === null || isPublic(row)) return [];
  const names = [...row.delegated, ...row.application, ...(row.removalOnly ?? [])];
  return [...new Set(names)].map((name) => ({ bearer: [name] }));
};

const json = (schema: Json): Json => ({ 'application/json': { schema } });

const listOf = (items: Json): Json => ({
  type: 'object',
  properties: {
    '@odata.context': { type: 'string' },
    '@odata.count': { type: 'integer' },
    '@odata.nextLink': { type: 'string' },
    value: { type: 'array', items },
  },
});

const entityOf = ({ url, set }: Route): Json =>
  set ? refTo(schemaOf(set, url.startsWith('/beta') ? 'beta' : 'v1.0').name) : { type: 'object' };

const answerOf = (route: Route): Json => {
  if (!route.set) return { description: 'Done, or what was asked for.' };
  const isList = route.method === 'GET' && !route.isEntity;
  return { description: 'Done.', content: json(isList ? listOf(entityOf(route)) : entityOf(route)) };
};

const bodyOf = (route: Route): Json =>
  ['POST', 'PUT', 'PATCH'].includes(route.method) ? { requestBody: { content: json(entityOf(route)) } } : {};

const operation = (route: Route): Json => ({
  operationId: operationId(route),
  security: securityOf(rowFor(route.method, route.url)),
  parameters: parametersOf(route),
  ...bodyOf(route),
  responses: {
    '2XX': answerOf(route),
    '4XX': { $ref: `#/components/responses/${errorFor(route)}` },
    '5XX': { $ref: `#/components/responses/${errorFor(route)}` },
  },
});

/** The methods a path item has a place for. */
const methods = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE'];

/**
 * OpenAPI 3.1 of the registered routes (`GET /v1.0/users/:id`), with what the permission table demands and what the sets
 * hold. The same routes and sets always give the same document.
 */
export const openApiOf = (routes: readonly string[], sets: readonly ServedSet[]): Json => {
  const byPath = new Map(sets.map((set) => [set.path, set]));
  const known = [...new Set(routes)].sort().map((route) => routeOf(route, byPath));
  const paths: Record<string, Json> = {};
  for (const route of known.filter(({ method }) => methods.includes(method)))
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route) };
  const model = typeModelOf([...sets.map(({ schema }) => schema), ...sets.flatMap(({ beta }) => beta ?? [])]);
  return {
    openapi: '3.1.0',
    info: {
      title: 'OpenPIM',
      version: 'v1',
      description: "Microsoft Graph's PIM surface, and what it has no call for.",
    },
    paths,
    components: {
      schemas: componentsOf(model),
      responses: errors,
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
};
