import type { Route } from './route';

type Json = Readonly<Record<string, unknown>>;

const graphPath = /^\/(?:v1\.0|beta)(?:\/|$)/;

const scimPath = /^\/scim(?:\/|$)/;

/** Which shape a route's errors have. */
export const errorFor = ({ url }: Route): string => {
  if (scimPath.test(url)) return 'scimError';
  return graphPath.test(url) ? 'graphError' : 'problem';
};

/** Graph's shape on Graph's paths, RFC 7644's on SCIM's, RFC 9457 on OpenPIM's own. */
export const errors: Json = {
  graphError: {
    description: 'The code says what was wrong, the message what to do about it.',
    content: {
      'application/json': {
        schema: {
          type: 'object',
          properties: {
            error: {
              type: 'object',
              required: ['code', 'message'],
              properties: { code: { type: 'string' }, message: { type: 'string' }, innerError: { type: 'object' } },
            },
          },
        },
      },
    },
  },
  scimError: {
    description: 'RFC 7644 §3.12.',
    content: {
      'application/scim+json': {
        schema: {
          type: 'object',
          properties: {
            schemas: { type: 'array', items: { type: 'string' } },
            status: { type: 'string' },
            scimType: { type: 'string' },
            detail: { type: 'string' },
          },
        },
      },
    },
  },
  problem: {
    description: 'RFC 9457.',
    content: {
      'application/problem+json': {
        schema: {
          type: 'object',
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            detail: { type: 'string' },
          },
        },
      },
    },
  },
};
