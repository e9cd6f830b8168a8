import type { FastifyInstance, FastifyRequest, InjectOptions, LightMyRequestResponse } from 'fastify';
import { uuidFrom } from '@pim/engine';
import { givenClientRequestId } from '../client-request-id';
import type { BatchStep } from './batch-plan';
import type { BatchAnswer } from './run-batch';

/** Headers of an answer that mean something inside a batch, spelled as clients look for them. */
const told: Readonly<Record<string, string>> = {
  allow: 'Allow',
  'cache-control': 'Cache-Control',
  'client-request-id': 'client-request-id',
  'content-type': 'Content-Type',
  location: 'Location',
  'odata-version': 'OData-Version',
  'preference-applied': 'Preference-Applied',
  'request-id': 'request-id',
  'retry-after': 'Retry-After',
  'www-authenticate': 'WWW-Authenticate',
};

const isJson = (type: string): boolean => /^application\/(?:[\w.-]+\+)?json\b/i.test(type);

/** A body as the request itself would carry it: text as it is, unless it is said to be JSON. */
const payloadOf = ({ body, headers }: BatchStep): { readonly type?: string; readonly payload?: string } => {
  if (body === undefined || body === null) return {};
  const type = headers['content-type'] ?? 'application/json';
  return { type, payload: typeof body === 'string' && !isJson(type) ? body : JSON.stringify(body) };
};

/** JSON as JSON, other text as text; nothing where there is nothing. */
const bodyOf = ({ payload, headers }: LightMyRequestResponse): { readonly body?: unknown } => {
  if (payload === '') return {};
  const body: unknown = isJson(String(headers['content-type'])) ? JSON.parse(payload) : payload;
  return { body };
};

const headersOf = ({ headers }: LightMyRequestResponse): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      const spelled = told[name];
      return spelled === undefined || value === undefined ? [] : [[spelled, String(value)]];
    }),
  );

/** A batch that is sent again under its `client-request-id` repeats each of its requests. */
const repeatableId = (outer: FastifyRequest, step: BatchStep): { readonly 'client-request-id'?: string } => {
  const given = givenClientRequestId(outer.headers);
  return given === null ? {} : { 'client-request-id': uuidFrom(`${given}:${step.id}`) };
};

/**
 * Sends one request of a batch through the server's own front door: it passes the same hooks, guards and limits as if
 * it had come alone, with the token, the host and the address of the batch.
 */
export const sendInner = async (
  server: FastifyInstance,
  outer: FastifyRequest,
  step: BatchStep,
): Promise<BatchAnswer> => {
  const { type, payload } = payloadOf(step);
  const { authorization, host } = outer.headers;
  const options: InjectOptions = {
    method: step.method as NonNullable<InjectOptions['method']>,
    url: step.path,
    headers: {
      ...repeatableId(outer, step),
      ...step.headers,
      ...(type ? { 'content-type': type } : {}),
      ...(authorization ? { authorization } : {}),
      ...(host ? { host } : {}),
    },
    ...(payload === undefined ? {} : { payload }),
    remoteAddress: outer.ip,
  };
  const answer = await server.inject(options);
  return { id: step.id, status: answer.statusCode, headers: headersOf(answer), ...bodyOf(answer) };
};
