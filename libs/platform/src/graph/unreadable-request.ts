import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ErrorAnswer } from './error-body';
import { shapedError } from './error-shape';

type Said = Pick<ErrorAnswer, 'status' | 'code' | 'message'>;

const refusals: ReadonlyMap<string, Said> = new Map(
  Object.entries({
    ERR_HTTP_REQUEST_TIMEOUT: {
      status: 408,
      code: 'RequestTimeout',
      message: 'The request did not arrive in time. Send it again, in one go.',
    },
    HPE_HEADER_OVERFLOW: {
      status: 431,
      code: 'RequestHeaderFieldsTooLarge',
      message: 'The path and the headers are larger than 32 KiB together. Send less.',
    },
  }),
);

const malformed: Said = { status: 400, code: 'BadRequest', message: 'This is not a valid HTTP request.' };

/** The whole answer, as text, to bytes that Node could not read as a request; `reason` is the code of Node's error. */
export const unreadableAnswer = (reason: string, requestId: string, now: Date): string => {
  const said = refusals.get(reason) ?? malformed;
  const { type, body } = shapedError(said, { url: '', requestId, clientRequestId: requestId }, now);
  const text = JSON.stringify(body);
  const head = [
    `HTTP/1.1 ${said.status} ${STATUS_CODES[said.status]}`,
    `Date: ${now.toUTCString()}`,
    `Content-Type: ${type}; charset=utf-8`,
    `Content-Length: ${Buffer.byteLength(text)}`,
    `request-id: ${requestId}`,
    `client-request-id: ${requestId}`,
    'Cache-Control: no-store',
    'Connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${text}`;
};

export interface Unreadable {
  /** Tells of every answer before it begins. */
  answering(request: IncomingMessage, response: ServerResponse): void;
  /** Answers and hangs up: where the next request would begin, nobody knows. For Node's event `clientError`. */
  refuse(error: Error & { readonly code?: string }, socket: Socket): void;
}

/** What to do with bytes that are no request. One per server. */
export const createUnreadable = (): Unreadable => {
  const latest = new WeakMap<Socket, { readonly request: IncomingMessage; readonly response: ServerResponse }>();

  /** A request may be answered before its body turns out to be none: a second answer would pass for the next one's. */
  const isAnswered = (socket: Socket): boolean => {
    const { request, response } = latest.get(socket) ?? {};
    return response?.headersSent === true && !(request?.complete && response.writableFinished);
  };

  return {
    answering: (request, response) => void latest.set(request.socket, { request, response }),
    refuse: (error, socket) => {
      if (error.code === 'ECONNRESET' || socket.destroyed) return;
      if (socket.writable && !isAnswered(socket))
        socket.write(unreadableAnswer(error.code ?? '', randomUUID(), new Date()));
      socket.destroySoon();
    },
  };
};
