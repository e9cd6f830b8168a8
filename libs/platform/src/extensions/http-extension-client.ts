import { createStop, pause, type Clock } from '@pim/engine';
import { endpointFault } from './endpoint-fault';
import type { ExtensionClient, ExtensionQuestion, ExtensionReply } from './extension-client';
import type { ExtensionSettings } from './extension-settings';
import { readReply, type NoReply } from './read-reply';
import { webhookHeaders } from './webhook-signature';

/** Milliseconds before the second try and before the third. */
const pausesMs = [200, 1_000];

/** Asks over HTTP. Redirects are not followed: where they lead nobody has allowed. */
export class HttpExtensionClient implements ExtensionClient {
  private readonly closing = createStop();

  constructor(
    /** null: nothing is asked. */
    private readonly settings: ExtensionSettings | null,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  faultOf(endpoint: string): string | null {
    return endpointFault(endpoint, this.settings);
  }

  async ask(question: ExtensionQuestion): Promise<ExtensionReply> {
    // Hosts may have been taken off the list since the role settings named them.
    const fault = this.faultOf(question.endpoint);
    if (fault !== null) return unanswered(fault);
    let last = await this.try(question);
    for (const ms of pausesMs) {
      if ('answer' in last) return last;
      await pause(ms, this.closing.signal);
      last = await this.try(question);
    }
    if ('answer' in last) return last;
    return unanswered(`The endpoint ${last.why}; it was asked ${pausesMs.length + 1} times.`);
  }

  /** Ends what is under way: a process that stops does not wait for others. */
  onModuleDestroy(): void {
    this.closing.abort();
  }

  private async try(question: ExtensionQuestion): Promise<ExtensionReply | NoReply> {
    const late = AbortSignal.timeout(question.timeoutSeconds * 1_000);
    try {
      return await readReply(await this.post(question, AbortSignal.any([late, this.closing.signal])));
    } catch {
      if (this.closing.signal.aborted) throw stopping();
      return { why: late.aborted ? `did not answer within ${question.timeoutSeconds} s` : 'could not be reached' };
    }
  }

  private post({ id, endpoint, body: content }: ExtensionQuestion, signal: AbortSignal): Promise<Response> {
    const body = JSON.stringify(content);
    const signed = webhookHeaders({ id, body }, this.settings?.keys ?? [], this.clock.now());
    const headers = { 'content-type': 'application/json', accept: 'application/json', ...signed };
    return fetch(endpoint, { method: 'POST', headers, body, signal, redirect: 'manual' });
  }
}

const stopping = (): Error => new Error('This process stops; the endpoint is asked again by the next one.');

const unanswered = (reason: string): ExtensionReply => ({ answer: 'unanswered', reason });
