import { connect } from 'node:net';

/** One answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number;
  /** By lower-case name; one that came twice is joined by a comma. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  readonly text: string;
  /** Milliseconds from the connection to its end. */
  readonly elapsed: number;
}

export interface SendOptions {
  /** Milliseconds after which a silent server counts as one that does not answer. */
  readonly patience?: number;
  /** Sends the end of the stream after the bytes, as a client does that goes away. */
  readonly hangUp?: boolean;
}

const headersOf = (lines: readonly string[]): ReadonlyMap<string, string> => {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const before = headers.get(name);
    headers.set(name, `${before === undefined ? '' : `${before}, `}${line.slice(colon + 1).trim()}`);
  }
  return headers;
};

const answerOf = (bytes: Buffer, elapsed: number): RawAnswer => {
  const text = bytes.toString('utf8');
  const end = text.indexOf('\r\n\r\n');
  const [status = '', ...lines] = text.slice(0, end < 0 ? undefined : end).split('\r\n');
  const number = /^HTTP\/1\.1 (\d{3})/.exec(status)?.[1];
  if (number === undefined || end < 0) throw new Error(`no HTTP answer: ${JSON.stringify(text.slice(0, 200))}`);
  return { status: Number(number), headers: headersOf(lines), body: text.slice(end + 4), text, elapsed };
};

/**
 * Writes bytes to a server as they are (one character each, up to U+00FF) and reads until it closes the connection, which
 * the bytes have to ask for. Rejects when no answer came.
 */
export const sendRaw = (url: string, bytes: string, options: SendOptions = {}): Promise<RawAnswer> => {
  const { patience = 5_000, hangUp = false } = options;
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const chunks: Buffer[] = [];
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true }, () => {
      if (hangUp) socket.end(bytes, 'latin1');
      else socket.write(bytes, 'latin1');
    });
    const finish = (): void => {
      clearTimeout(timer);
      socket.destroy();
      try {
        resolve(answerOf(Buffer.concat(chunks), performance.now() - started));
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    const timer = setTimeout(finish, patience);
    socket.on('data', (chunk) => chunks.push(chunk));
    // A server that refuses a request unread may reset the connection after its answer.
    socket.on('error', finish).on('end', finish);
  });
};

/** UTF-8 as the bytes that `sendRaw` takes. */
export const utf8 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
