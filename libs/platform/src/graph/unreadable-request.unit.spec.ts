import { unreadableAnswer } from './unreadable-request';

const answerTo = (reason: string): { readonly head: string; readonly body: unknown; readonly length: number } => {
  const [head = '', text = ''] = unreadableAnswer(reason, 'the-id', new Date('2026-03-02T08:00:00Z')).split('\r\n\r\n');
  return { head, body: JSON.parse(text), length: Buffer.byteLength(text) };
};

describe('the answer to bytes that are no request', () => {
  it.each([
    ['HPE_INVALID_METHOD', 400, 'BadRequest'],
    ['constructor', 400, 'BadRequest'],
    ['', 400, 'BadRequest'],
    ['HPE_HEADER_OVERFLOW', 431, 'RequestHeaderFieldsTooLarge'],
    ['ERR_HTTP_REQUEST_TIMEOUT', 408, 'RequestTimeout'],
  ])('to %s is a whole HTTP answer with %d in Graph’s shape', (reason, status, code) => {
    const { head, body, length } = answerTo(reason);
    expect(head.split('\r\n')).toEqual([
      expect.stringMatching(new RegExp(`^HTTP/1\\.1 ${status} \\w`)),
      'Date: Mon, 02 Mar 2026 08:00:00 GMT',
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${length}`,
      'request-id: the-id',
      'client-request-id: the-id',
      'Cache-Control: no-store',
      'Connection: close',
    ]);
    expect(body).toMatchObject({ error: { code, innerError: { 'request-id': 'the-id' } } });
  });
});
