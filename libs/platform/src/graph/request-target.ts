import type { IncomingMessage } from 'node:http';

type Target = Pick<IncomingMessage, 'url' | 'headers' | 'rawHeaders' | 'httpVersion'>;

const absolute = /^https?:\/\/([^/?#]*)/i;

/**
 * `GET http://host/path`, as proxies send it, becomes `GET /path` for that host: its own `Host` header no longer counts
 * (RFC 9112 §3.2.2). Everything after this sees paths only.
 */
export const takeOriginForm = (request: Target): void => {
  const [start, authority] = absolute.exec(request.url ?? '') ?? [];
  if (start === undefined) return;
  const rest = request.url?.slice(start.length) ?? '';
  request.url = rest.startsWith('/') ? rest : `/${rest}`;
  request.headers.host = authority ?? '';
};

/** A name, an IPv4 address or an IPv6 address in brackets, with or without a port. */
const host = /^(?:[\w.~-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

/**
 * Whether links in answers can be built on the request's `Host`. HTTP/1.1 demands exactly one (RFC 9112 §3.2); links to
 * what is no host, or to the second of two, would lead a client and its token elsewhere.
 */
export const hasUsableHost = ({ headers, rawHeaders, httpVersion }: Target): boolean => {
  const given = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
  if (headers.host === undefined) return httpVersion !== '1.1';
  return given <= 1 && host.test(headers.host);
};
