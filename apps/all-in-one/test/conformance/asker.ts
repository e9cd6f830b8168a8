import { id, role, type TestServer } from '../support/server';
import type { Ask } from './row';

/** An answer as the client has it. */
export interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: unknown;
}

const fixed: Readonly<Record<string, string>> = {
  ...id,
  ...role,
  approvers: 'b0000000-0000-4000-8000-000000000001',
  tenant: 'e0000000-0000-4000-8000-000000000001',
  nowhere: 'ffffffff-0000-4000-8000-000000000000',
};

const member = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], value);

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** Sends the requests of one chapter's rows, and remembers what they keep. */
export class Asker {
  private readonly kept = new Map<string, string>(Object.entries(fixed));

  constructor(readonly server: TestServer) {}

  /** Puts ids in place of the names in braces; a name that nobody kept is a mistake in the row. */
  filled<T>(value: T): T {
    if (value === undefined) return value;
    const text = JSON.stringify(value).replace(/\{(\w+)\}/g, (whole, name: string) => this.kept.get(name) ?? whole);
    return JSON.parse(text) as T;
  }

  async send(asked: Ask): Promise<Told> {
    if (asked.later !== undefined) await this.server.later(asked.later);
    const [, method = '', path = ''] = /^(\S+) (.*)$/s.exec(this.filled(asked.ask)) ?? [];
    const response = await fetch(`${this.server.url}${path.startsWith('/') ? path : `/v1.0/${path}`}`, {
      method,
      headers: { ...(await this.authorization(asked)), ...this.filled(asked.headers) },
      ...this.bodyOf(asked),
    });
    const text = await response.text();
    const told = { status: response.status, headers: response.headers, text, body: parsed(text) };
    for (const [name, at] of Object.entries(asked.keep ?? {})) this.kept.set(name, String(member(told.body, at)));
    return told;
  }

  /** A text is sent as it is: it is there to be malformed. */
  private bodyOf({ body }: Ask): { readonly body?: string } {
    if (body === undefined) return {};
    return { body: typeof body === 'string' ? body : JSON.stringify(this.filled(body)) };
  }

  private async authorization({ as = 'ada', signIn, body }: Ask): Promise<Readonly<Record<string, string>>> {
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    if (as === 'nobody') return type;
    const token = as === 'automation' ? await this.server.appToken() : await this.server.token(as, signIn);
    return { authorization: `Bearer ${token}`, ...type };
  }
}
