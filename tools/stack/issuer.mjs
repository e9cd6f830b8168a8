// The development issuer of the stack: anyone can be anyone. As a program, for docker-compose.yml, it serves /idp of
// OPENPIM_URL on PORT, with the keys in OPENPIM_DATA.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const load = createRequire(new URL('../../dist/', import.meta.url));

/** The issuer of the demo tenant whose keys are in `folder`, for a stack that is called by `url`. */
export const issuerAt = (folder, url) => load('./apps/all-in-one/src/demo-issuer.js').demoIssuer(folder, url);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { OPENPIM_DATA = '.data', OPENPIM_URL = 'http://127.0.0.1:8080', PORT = '8086' } = process.env;
  const { handler } = await issuerAt(OPENPIM_DATA, OPENPIM_URL);
  const server = createServer(handler).listen(Number(PORT), process.env.HOST ?? '127.0.0.1');
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.close(() => process.exit(0)));
}
