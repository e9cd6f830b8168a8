import type { CustomExtensionAnswer } from '@pim/contracts';

/** What an endpoint is asked. */
export interface ExtensionQuestion {
  /** The same however often it is asked: `webhook-id`. */
  readonly id: string;
  readonly endpoint: string;
  /** How long one try may take. */
  readonly timeoutSeconds: number;
  /** Sent as JSON. */
  readonly body: object;
}

/** What came of it; `reason` is what the endpoint said, or why it counts as unanswered. */
export interface ExtensionReply {
  readonly answer: CustomExtensionAnswer;
  readonly reason: string | null;
}

/** Asks endpoints of others whether somebody may activate a role. */
export interface ExtensionClient {
  /** Why this installation does not ask an endpoint, as a sentence; null: it does. */
  faultOf(endpoint: string): string | null;
  /**
   * Asks up to three times, one after another, and takes the first answer that can be understood; `unanswered` when there
   * is none. Throws only when the process stops meanwhile: then nothing is known, and it is to be asked again.
   */
  ask(question: ExtensionQuestion): Promise<ExtensionReply>;
}

/** What contexts inject it by. */
export const EXTENSION_CLIENT = Symbol('ExtensionClient');
