// One address for five services on this machine, for `npm run stack` and its tests. Its locations are those of
// deploy/nginx.conf, read from there: what is tried here is what nginx does in docker-compose.yml.
import { readFileSync } from 'node:fs';
import { createServer, request as ask } from 'node:http';
import { join } from 'node:path';
import { root } from '../install.mjs';

const location = /^\s*location (?:~ (\S+)|\/) \{ proxy_pass http:\/\/(\w+); \}$/gm;

/** `[pattern, service]` in the order in which they are tried; the last one takes everything. */
export const locations = () =>
  [...readFileSync(join(root, 'deploy/nginx.conf'), 'utf8').matchAll(location)].map(([, pattern, service]) => [
    new RegExp(pattern ?? ''),
    service,
  ]);

const decoded = (path) => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

/** The service behind a path, as nginx chooses it: decoded, without the query. */
export const serviceFor = (url, table = locations()) => {
  const path = decoded(url.replace(/[?#].*$/s, ''));
  return table.find(([pattern]) => pattern.test(path))?.[1];
};

const pass = ({ port, incoming, outgoing }) => {
  const { method, url, headers } = incoming;
  const onward = ask({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on('error', () => {
    if (outgoing.headersSent) return outgoing.destroy();
    outgoing.writeHead(502, { 'content-type': 'text/plain', 'retry-after': '1' }).end('The service does not answer.\n');
  });
  incoming.on('aborted', () => onward.destroy());
  incoming.pipe(onward);
};

/** Listens on a port; `ports` of the services by name, `issuer` serves everything under /idp. */
export const startFront = ({ port, ports, issuer }) =>
  new Promise((resolve, reject) => {
    const table = locations();
    const server = createServer((incoming, outgoing) => {
      if (incoming.url?.startsWith('/idp/')) return issuer(incoming, outgoing);
      pass({ port: ports[serviceFor(incoming.url ?? '/', table)], incoming, outgoing });
    });
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
