import type { IncomingHttpHeaders } from 'node:http';

/** Visible ASCII, and no more of it than anybody's id has. */
const repeatable = /^[\x21-\x7e]{1,128}$/;

/** The client's own id of its request, when it gave one that is worth repeating. */
export const givenClientRequestId = (headers: IncomingHttpHeaders): string | null => {
  const id = headers['client-request-id'];
  return typeof id === 'string' && repeatable.test(id) ? id : null;
};

/**
 * The client's own id of its request, which answers repeat (reference §0.1). Ours where there is none, or one that is
 * not worth repeating: longer than 128 characters, with blanks or beyond ASCII, or given twice.
 */
export const clientRequestIdOf = (headers: IncomingHttpHeaders, requestId: string): string =>
  givenClientRequestId(headers) ?? requestId;
