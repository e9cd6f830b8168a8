import type { CustomExtensionAnswer } from '@pim/contracts';
import type { ExtensionReply } from './extension-client';

/** Why a try brought no answer, as the end of a sentence about the endpoint. */
export interface NoReply {
  readonly why: string;
}

/** Bytes; more is no answer. */
const largest = 64 * 1_024;

/** Characters that are kept of what an endpoint says. */
const longestReason = 1_024;

/** As Entra's custom extensions answer (reference §1.15), in any case. */
const outcomes: Readonly<Record<string, CustomExtensionAnswer>> = {
  approved: 'approved',
  autoapproved: 'autoApproved',
  denied: 'denied',
};

const bodyOf = async ({ body }: Response): Promise<string | null> => {
  if (!body) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    // Leaving the loop ends the stream, and the connection with it.
    if (size > largest) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** `reason` is text or a list of texts; line breaks and other control characters do not get into the trail. */
const reasonIn = (given: unknown): string | null => {
  const texts = (Array.isArray(given) ? given : [given]).filter((text): text is string => typeof text === 'string');
  const said = texts
    .join('; ')
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
  return said === '' ? null : said.slice(0, longestReason);
};

const replyIn = (json: unknown): ExtensionReply | null => {
  if (typeof json !== 'object' || json === null) return null;
  const { evaluationOutcome, reason } = json as { evaluationOutcome?: unknown; reason?: unknown };
  const name = typeof evaluationOutcome === 'string' ? evaluationOutcome.toLowerCase() : '';
  const answer = Object.hasOwn(outcomes, name) ? outcomes[name] : undefined;
  return answer ? { answer, reason: reasonIn(reason) } : null;
};

/** What an HTTP answer says; nothing but a 200 with the JSON that was agreed counts. Rejects as the response's body does. */
export const readReply = async (response: Response): Promise<ExtensionReply | NoReply> => {
  if (response.status !== 200) {
    await response.body?.cancel();
    return { why: `answered with status ${response.status}, which is not 200` };
  }
  const text = await bodyOf(response);
  if (text === null) return { why: `answered with more than ${largest / 1_024} KB` };
  return replyIn(parsed(text)) ?? { why: 'answered without an evaluationOutcome of Approved, AutoApproved or Denied' };
};
