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

/** The whole body: only then can the request go to another replica. */
const bodyOf = async (incoming) => {
  const parts = [];
  for await (const part of incoming) parts.push(part);
  return Buffer.concat(parts);
};

/** Like nginx, a replica that refuses the connection is passed over: it has not seen the request. */
const pass = ({ ports, incoming, outgoing, body }) => {
  const [port, ...others] = ports;
  const { method, url, headers } = incoming;
  const onward = ask({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on('error', ({ code }) => {
    if (outgoing.headersSent) return outgoing.destroy();
    if (code === 'ECONNREFUSED' && others.length > 0) return pass({ ports: others, incoming, outgoing, body });
    outgoing.writeHead(502, { 'content-type': 'text/plain', 'retry-after': '1' }).end('The service does not answer.\n');
  });
  outgoing.on('close', () => onward.destroy());
  onward.end(body);
};

/** Gives the replicas of a service, another one first each time. */
const takingTurns = (ports) => {
  let turn = 0;
  return () => {
    turn = (turn + 1) % ports.length;
    return [...ports.slice(turn), ...ports.slice(0, turn)];
  };
};

/** Listens on a port; `ports` of the replicas by the name of their service, `issuer` serves everything under /idp. */
export const startFront = ({ port, ports, issuer }) =>
  new Promise((resolve, reject) => {
    const table = locations();
    const turns = Object.fromEntries(Object.entries(ports).map(([service, all]) => [service, takingTurns(all)]));
    const server = createServer((incoming, outgoing) => {
      if (incoming.url?.startsWith('/idp/')) return issuer(incoming, outgoing);
      const next = turns[serviceFor(incoming.url ?? '/', table)];
      bodyOf(incoming).then(
        (body) => pass({ ports: next(), incoming, outgoing, body }),
        () => outgoing.destroy(),
      );
    });
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
