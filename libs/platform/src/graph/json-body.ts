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

const refused = (message: string): ApiError => new ApiError(400, 'BadRequest', message);

/** Half of a character, as `"\ud800"` spells it, has no bytes: no log could keep it, no client could read it back. */
const isWhole = (value: unknown): boolean => typeof value !== 'string' || value.isWellFormed();

const checked = (key: string, value: unknown): unknown => {
  if (key === '__proto__' || key === 'constructor' || key === 'prototype')
    throw refused(`A property may not be named "${key}".`);
  if (!isWhole(key) || !isWhole(value)) throw refused('The body has half of a surrogate pair in a text.');
  return value;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text, checked);
  } catch (error) {
    throw error instanceof ApiError ? error : refused('The body is not valid JSON.');
  }
};

/**
 * Parses a body; an empty one is `{}`, as Graph takes it for actions without parameters. Throws a 400 for everything
 * that is no object, that nests too deep, or that nobody could keep.
 */
export const parseJsonBody = (text: string): object => {
  if (text.trim() === '') return {};
  if (depthOf(text) > maxDepth) throw refused(`The body nests deeper than ${maxDepth} levels.`);
  const body = parse(text);
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw refused('The body must be a JSON object: {"name": value, …}.');
  return body;
};

/** Takes `application/json` with any parameters (`;odata.metadata=…`), SCIM's name for it, and nothing else. */
export const useJsonBodies = (fastify: FastifyInstance): void => {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    ['application/json', 'application/scim+json'],
    { parseAs: 'string' },
    (_request, body, done) => {
      try {
        done(null, parseJsonBody(String(body)));
      } catch (error) {
        done(error as Error);
      }
    },
  );
};
