import type { FastifyInstance, FastifyRequest, InjectOptions } from 'fastify';
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

/** One request as it goes out. */
interface Inner {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload?: string;
  readonly remoteAddress: string;
}

/** What came back. */
interface Back {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly payload: string;
}

/** Longer than any service takes over one request, in milliseconds. */
const patience = 30_000;

/** Through where all services answer together: another process may serve the path. */
const throughFront = async (front: string, { method, url, headers, payload }: Inner): Promise<Back> => {
  const { host: _host, ...rest } = headers;
  const body = payload === undefined ? {} : { body: payload };
  const signal = AbortSignal.timeout(patience);
  const answer = await fetch(`${front}${url}`, { method, headers: rest, ...body, signal, redirect: 'manual' });
  return { statusCode: answer.status, headers: Object.fromEntries(answer.headers), payload: await answer.text() };
};

const exchange = async (server: FastifyInstance, inner: Inner): Promise<Back> => {
  if (server.front === null) return server.inject({ ...inner, method: inner.method as InjectMethod });
  try {
    return await throughFront(server.front, inner);
  } catch {
    const error = { code: 'ServiceUnavailable', message: 'The service behind this path does not answer. Try again.' };
    const headers = { 'content-type': 'application/json', 'retry-after': '1' };
    return { statusCode: 503, headers, payload: JSON.stringify({ error }) };
  }
};

type InjectMethod = NonNullable<InjectOptions['method']>;

const isJson = (type: string): boolean => /^application\/(?:[\w.-]+\+)?json\b/i.test(type);

/** A body as the request itself would carry it: text as it is, unless it is said to be JSON. */
const payloadOf = ({ body, headers }: BatchStep): { readonly type?: string; readonly payload?: string } => {
  if (body === undefined || body === null) return {};
  const type = headers['content-type'] ?? 'application/json';
  return { type, payload: typeof body === 'string' && !isJson(type) ? body : JSON.stringify(body) };
};

/** JSON as JSON, other text as text; nothing where there is nothing. */
const bodyOf = ({ payload, headers }: Back): { readonly body?: unknown } => {
  if (payload === '') return {};
  const body: unknown = isJson(String(headers['content-type'])) ? JSON.parse(payload) : payload;
  return { body };
};

const headersOf = ({ headers }: Back): Readonly<Record<string, string>> =>
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
 * Sends one request of a batch through the front door, the server's own or that of all services: it passes the same
 * hooks, guards and limits as if it had come alone, with the token, the host and the address of the batch.
 */
export const sendInner = async (
  server: FastifyInstance,
  outer: FastifyRequest,
  step: BatchStep,
): Promise<BatchAnswer> => {
  const { type, payload } = payloadOf(step);
  const { authorization, host } = outer.headers;
  const answer = await exchange(server, {
    method: step.method,
    url: step.path,
    headers: {
      ...repeatableId(outer, step),
      ...step.headers,
      ...(type ? { 'content-type': type } : {}),
      ...(authorization ? { authorization } : {}),
      ...(host ? { host } : {}),
      ...(outer.span ? { traceparent: outer.span.traceparent } : {}),
    },
    ...(payload === undefined ? {} : { payload }),
    remoteAddress: outer.ip,
  });
  return { id: step.id, status: answer.statusCode, headers: headersOf(answer), ...bodyOf(answer) };
};
