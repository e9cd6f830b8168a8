import type { GraphRequest } from '@pim/platform';
import { isJson, scimFault, valueIn, type Json } from './scim-json';
import type { PatchOperation } from './scim-patch';

/** Where SCIM begins, for clients that call this origin: `http://host:port/scim/v2`. */
export const scimAt = (origin: string): string => `${origin}/scim/v2`;

/** The same, as the client of a request calls it. */
export const rootOf = ({ base, version }: Pick<GraphRequest, 'base' | 'version'>): string =>
  scimAt(base.slice(0, -`/${version}`.length));

const mostOperations = 1_000;

/** The operations of a PATCH (RFC 7644 §3.5.2). Throws `invalidSyntax`. */
export const operationsIn = (body: Json): readonly PatchOperation[] => {
  const operations = valueIn(body, 'Operations');
  if (!Array.isArray(operations) || operations.length === 0 || operations.length > mostOperations)
    throw scimFault('invalidSyntax', `Operations must be a list of 1 to ${mostOperations}.`);
  return operations.map((one: unknown) => {
    if (!isJson(one)) throw scimFault('invalidSyntax', 'Each operation must be an object.');
    const [op, path, value] = ['op', 'path', 'value'].map((name) => valueIn(one, name));
    if (typeof op !== 'string') throw scimFault('invalidSyntax', 'Each operation needs an op: add, replace or remove.');
    if (path !== undefined && path !== null && (typeof path !== 'string' || path.length > 1_000))
      throw scimFault('invalidPath', 'path must be text of at most 1000 characters.');
    return { op, path: path ?? null, value };
  });
};
