import type { FastifyInstance } from 'fastify';
import { ApiError } from '../auth';

/** Deeper bodies are refused before anything walks them recursively. No Graph body nests more than ten levels. */
const maxDepth = 32;

/** Text in quotes says nothing about depth: taken out, escapes and all, before brackets are counted. */
const quotedText = /"(?:[^"\\]|\\.)*"?/gs;

/** How deep brackets nest in JSON text, without parsing it. */
export const depthOf = (text: string): number => {
  let depth = 0;
  let deepest = 0;
  for (const bracket of text.replace(quotedText, '').match(/[[\]{}]/g) ?? []) {
    depth += bracket === '{' || bracket === '[' ? 1 : -1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
};

/** Parses a body; an empty one is `{}`, as Graph takes it for actions without parameters. */
export const parseJsonBody = (text: string): unknown => {
  if (text.trim() === '') return {};
  if (depthOf(text) > maxDepth) throw new ApiError(400, 'BadRequest', `The body nests deeper than ${maxDepth} levels.`);
  try {
    return JSON.parse(text, (key, value: unknown) => {
      if (key === '__proto__' || key === 'constructor' || key === 'prototype')
        throw new ApiError(400, 'BadRequest', `A property may not be named "${key}".`);
      return value;
    });
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw new ApiError(400, 'BadRequest', 'The body is not valid JSON.');
  }
};

/** Takes `application/json` with any parameters (`;odata.metadata=…`), and nothing else. */
export const useJsonBodies = (fastify: FastifyInstance): void => {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, parseJsonBody(String(body)));
    } catch (error) {
      done(error as Error);
    }
  });
};
