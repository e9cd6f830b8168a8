import 'reflect-metadata';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { declaredRoutes, isPublic, permissionTable } from '@pim/platform';
import { contexts } from '../src/compose';

const root = join(__dirname, '../../..');

/** The services as the front names them, for these paths, in their order. */
const servicesFor = (paths: readonly string[]): readonly string[] => {
  const code =
    "import { serviceFor } from './tools/stack/front.mjs';" +
    'for (const path of JSON.parse(process.argv[1])) console.log(serviceFor(path));';
  const args = ['--input-type=module', '-e', code, JSON.stringify(paths)];
  return execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' }).trim().split('\n');
};

/** What two requests in a row are answered when one of two replicas, whichever is first in turn, is not there. */
const answersWithOneGone = (): readonly string[] => {
  const code = `
    import { createServer } from 'node:http';
    import { freePort } from './tools/free-port.mjs';
    import { startFront } from './tools/stack/front.mjs';
    const there = createServer(async (request, answer) => {
      let body = '';
      for await (const part of request) body += part;
      answer.end(request.method + ' ' + body);
    });
    await new Promise((resolve) => there.listen(0, '127.0.0.1', resolve));
    const port = await freePort();
    const assignments = [await freePort(), there.address().port];
    await startFront({ port, ports: { assignments, audit: [await freePort(), await freePort()] } });
    const post = (path) => fetch('http://127.0.0.1:' + port + path, { method: 'POST', body: 'hello' });
    for (const path of ['/v1.0/users', '/v1.0/users', '/v1.0/auditLogs/x']) {
      const answer = await post(path);
      console.log(answer.status, (await answer.text()).trim());
    }
    process.exit(0);`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', code], { cwd: root, encoding: 'utf8' })
    .trim()
    .split('\n');
};

describe('the front of the five services', () => {
  it('passes over a replica that is not there, and says when none is', () => {
    expect(answersWithOneGone()).toEqual(['200 POST hello', '200 POST hello', '502 The service does not answer.']);
  });

  const served = contexts.flatMap(({ name, module }) =>
    declaredRoutes(module).map((route) => ({ name, path: route.replace(/^\w+ /, '').replace(/:\w+/g, 'x') })),
  );

  it('knows every route', () => {
    const plain = (path: string): string => path.replace(/^\/(?:v1\.0|beta)(?=\/)/, '').replace(/:\w+/g, 'x');
    const known = new Set(served.map(({ path }) => plain(path)));
    const platform =
      /^\/(?:\$batch|\$metadata|openapi\.json|asyncapi\.yaml|schemas\/:file|metrics|health\/\w+|idp\/\*|openpim\/v1\/(?:readModels|parkedMessages).*)?$/;
    const unknown = permissionTable
      .map((row) => ({ path: row.route.replace(/^\w+ /, ''), open: isPublic(row) }))
      .filter(({ path }) => !platform.test(path) && !known.has(plain(path)));
    expect(unknown).toEqual([]);
  });

  it('leads to the service that keeps a read model', () => {
    const kept = contexts.flatMap(({ name, projections }) =>
      projections({ tenantId: '' })
        .filter(({ collection }) => collection.startsWith(`${name}.`))
        .map(({ collection }) => ({ name, path: `/openpim/v1/readModels/${collection}` })),
    );
    expect(servicesFor(kept.map(({ path }) => path))).toEqual(kept.map(({ name }) => name));
    expect(kept.length).toBeGreaterThan(4);
  });

  it('leads to the service whose consumer set something aside', () => {
    const consumers = contexts.flatMap(({ name, reactions }) =>
      reactions.flatMap((reaction) =>
        ['replay', 'x/replay'].map((rest) => ({
          name,
          path: `/openpim/v1/parkedMessages/pim.${name}.${reaction.name}/${rest}`,
        })),
      ),
    );
    expect(servicesFor(consumers.map(({ path }) => path))).toEqual(consumers.map(({ name }) => name));
    expect(consumers.length).toBeGreaterThan(20);
  });

  it('leads each path to the service that serves it, however it is spelt', () => {
    const spelt = served.flatMap(({ name, path }) => [
      { name, path },
      { name, path: `${path}?$top=1` },
      { name, path: `${path}/` },
      { name, path: path.replace(/\/x$/, "('x')") },
      { name, path: path.replace('role', '%72ole') },
    ]);
    const reached = servicesFor(spelt.map(({ path }) => path));
    expect(spelt.map(({ path }, n) => `${path} → ${reached[n]}`)).toEqual(
      spelt.map(({ name, path }) => `${path} → ${name}`),
    );
  });
});
