import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from './certificate';

/** What a custom extension is asked. */
export interface Question {
  readonly id: string;
  readonly body: Record<string, unknown>;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** An endpoint that custom extensions ask: a test says what it answers, and when. */
export class Endpoint {
  readonly asked: Question[] = [];
  /** How the next questions are answered; null: not at all. */
  reply: { readonly evaluationOutcome: string; readonly reason?: string } | null = null;
  private readonly waiting: ServerResponse[] = [];
  private told: (() => void)[] = [];

  private constructor(private readonly server: Server) {}

  /** Over TLS when it has a certificate. */
  static async start(certificate: Certificate | null = null): Promise<Endpoint> {
    const server = certificate ? createSecureServer(certificate) : createServer();
    const endpoint = new Endpoint(server);
    const answer: RequestListener = (request, response) => {
      let text = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      request.on('end', () => {
        const { headers } = request;
        const id = String(headers['webhook-id']);
        endpoint.hear({ id, headers, body: JSON.parse(text) as Question['body'] }, response);
      });
    };
    server.on('request', answer);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return endpoint;
  }

  /** `host:port`. */
  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Resolves with the question that comes next. */
  async next(): Promise<Question> {
    await new Promise<void>((resolve) => this.told.push(resolve));
    const question = this.asked.at(-1);
    if (!question) throw new Error('nothing was asked');
    return question;
  }

  /** Answers all that wait. */
  release(): void {
    for (const response of this.waiting.splice(0)) this.answer(response);
  }

  /** Ends every connection without an answer. */
  drop(): void {
    this.waiting.splice(0);
    this.server.closeAllConnections();
  }

  async stop(): Promise<void> {
    this.drop();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private hear(question: Question, response: ServerResponse): void {
    this.asked.push(question);
    for (const tell of this.told.splice(0)) tell();
    if (this.reply) this.answer(response);
    else this.waiting.push(response);
  }

  private answer(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(this.reply));
  }
}
