import type { Route } from './route';

type Json = Readonly<Record<string, unknown>>;

const graphPath = /^\/(?:v1\.0|beta)(?:\/|$)/;

/** Which of the two shapes a route's errors have. */
export const errorFor = ({ url }: Route): string => (graphPath.test(url) ? 'graphError' : 'problem');

/** Graph's shape on Graph's paths, RFC 9457 on OpenPIM's own. */
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
