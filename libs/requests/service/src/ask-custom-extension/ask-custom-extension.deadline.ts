import { requestStream, type RequestEvent } from '@pim/contracts';
import type { Deadline } from '@pim/engine';
import { AskCustomExtensionCommand } from './ask-custom-extension.handler';

const settled: readonly RequestEvent['type'][] = ['CustomExtensionAnswered', 'RequestCanceled', 'RequestRevoked'];

/**
 * Whom the role's endpoint is to be asked about is due at once, and stays so until there is an answer: a process that stops
 * meanwhile, or loses the lease, leaves it to the next one. No lane of events waits for somebody else's server.
 */
export const askCustomExtension: Deadline<RequestEvent, { requestId: string }, AskCustomExtensionCommand> = {
  name: 'ask-custom-extension',
  source: requestStream,
  waitsForOthers: true,
  due: (event) => {
    const { requestId, at } = event.data;
    if (event.type === 'RequestSubmitted')
      return event.data.customExtension ? [{ key: requestId, at, subject: { requestId } }] : [];
    return settled.includes(event.type) ? [{ key: requestId, at: null, subject: { requestId } }] : [];
  },
  command: ({ requestId }, context) => new AskCustomExtensionCommand(requestId, context),
};
