import { shapedError } from './error-shape';

const said = { status: 404, code: 'Request_ResourceNotFound', message: 'There is none.' };
const now = new Date('2026-03-02T08:00:00.123Z');
const at = (url: string) => shapedError(said, { url, requestId: 'ours', clientRequestId: 'theirs' }, now);

describe('an error over the wire', () => {
  it.each(['/v1.0/users/x', '/beta/users/x', '/', '', '/openpimp', '/healthy', '/v1.0/openpim/x', '*'])(
    'has Graph’s shape on %j',
    (url) =>
      expect(at(url)).toEqual({
        type: 'application/json',
        body: {
          error: {
            code: 'Request_ResourceNotFound',
            message: 'There is none.',
            innerError: { date: '2026-03-02T08:00:00', 'request-id': 'ours', 'client-request-id': 'theirs' },
          },
        },
      }),
  );

  it.each(['/openpim', '/openpim/', '/openpim/v1/x', '/openpim?x', '/health/ready', '/health'])(
    'is an RFC 9457 problem on %s',
    (url) =>
      expect(at(url)).toEqual({
        type: 'application/problem+json',
        body: {
          type: 'urn:pim:problem:Request_ResourceNotFound',
          title: 'Request_ResourceNotFound',
          status: 404,
          detail: 'There is none.',
        },
      }),
  );
});
