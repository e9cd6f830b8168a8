import type { ErrorAnswer } from './error-body';

/** What an error's body says of the request it answers. */
export interface AboutRequest {
  /** As the router sees it: path and query. */
  readonly url: string;
  readonly requestId: string;
  readonly clientRequestId: string;
}

type Said = Pick<ErrorAnswer, 'status' | 'code' | 'message'>;

/** Graph's error shape (reference §5.1); `innerError.date` has no zone suffix on the wire. */
const graphBody = ({ code, message }: Said, { requestId, clientRequestId }: AboutRequest, now: Date): object => ({
  error: {
    code,
    message,
    innerError: {
      date: now.toISOString().slice(0, 19),
      'request-id': requestId,
      'client-request-id': clientRequestId,
    },
  },
});

/** RFC 9457. */
const problemBody = ({ code, message, status }: Said): object => ({
  type: `urn:pim:problem:${code}`,
  title: code,
  status,
  detail: message,
});

/** RFC 7644's words for what is wrong with a request (§3.12). */
const scimTypes: ReadonlySet<string> = new Set([
  'invalidFilter',
  'tooMany',
  'uniqueness',
  'mutability',
  'invalidSyntax',
  'invalidPath',
  'noTarget',
  'invalidValue',
]);

const scimBody = ({ code, message, status }: Said): object => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
  status: String(status),
  ...(scimTypes.has(code) ? { scimType: code } : {}),
  detail: message,
});

const ofScim = /^\/scim(?:[/?#]|$)/;

/** Paths that Microsoft's service does not have. */
const ours = /^\/(?:openpim|health)(?:[/?#]|$)/;

/** An error as it goes over the wire: RFC 9457 on OpenPIM's own paths, SCIM's shape on SCIM's, Graph's everywhere else. */
export const shapedError = (
  answer: Said,
  about: AboutRequest,
  now: Date,
): { readonly type: string; readonly body: object } => {
  if (ofScim.test(about.url)) return { type: 'application/scim+json', body: scimBody(answer) };
  return ours.test(about.url)
    ? { type: 'application/problem+json', body: problemBody(answer) }
    : { type: 'application/json', body: graphBody(answer, about, now) };
};
