// Activation, POST to active and readable, against a bare HTTP server that fsyncs one record: the ratio is the number.
import { spawn } from 'node:child_process';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installIfMissing, root, run } from '../install.mjs';
import { percentile, timed } from './measure.mjs';

const count = Number(process.argv[2] ?? 300);

const bareServer = async (folder) => {
  const file = openSync(join(folder, 'floor'), 'a');
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (data) => (body += data));
    request.on('end', () => {
      writeSync(file, body);
      fdatasyncSync(file);
      response.writeHead(201, { 'content-type': 'application/json' }).end(body);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => (server.close(), closeSync(file)) };
};

await installIfMissing();
const { build } = await import('../build.mjs');
await build();
const folder = mkdtempSync(join(tmpdir(), 'openpim-bench-'));
const port = 18_099;
const env = { ...process.env, PORT: String(port), OPENPIM_DATA: folder, OPENPIM_MODE: 'development' };
const child = spawn(process.execPath, ['tools/start.mjs'], { cwd: root, env, stdio: 'ignore' });
const floor = await bareServer(folder);
try {
  const base = `http://127.0.0.1:${port}`;
  while (!(await fetch(`${base}/health/ready`).catch(() => null))?.ok) await new Promise((r) => setTimeout(r, 50));
  const token = (await run(process.execPath, ['tools/pim.mjs', 'token', 'ada', '--mfa'], { quiet: true, env })).trim();
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const directory = `${base}/v1.0/roleManagement/directory`;
  const get = async (path) => (await (await fetch(`${directory}/${path}`, { headers })).json()).value;
  const roles = await get('roleDefinitions?$top=999');
  const users = (await (await fetch(`${base}/v1.0/users`, { headers })).json()).value;
  const pairs = users.flatMap((user) => roles.map((role) => [user.id, role.id])).slice(0, count);
  const ours = [];
  const bare = [];
  for (const [principalId, roleDefinitionId] of pairs) {
    const body = JSON.stringify({
      action: 'adminAssign',
      principalId,
      roleDefinitionId,
      directoryScopeId: '/',
      justification: 'Bench',
      scheduleInfo: { expiration: { type: 'afterDuration', duration: 'PT8H' } },
    });
    const post = (url) => fetch(url, { method: 'POST', headers, body }).then((answer) => answer.text());
    ours.push(await timed(() => post(`${directory}/roleAssignmentScheduleRequests`)));
    bare.push(await timed(() => post(floor.url)));
  }
  for (const p of [0.5, 0.99]) {
    const [a, b] = [percentile(ours, p), percentile(bare, p)];
    console.log(
      `p${p * 100}: ${a.toFixed(2)} ms against ${b.toFixed(2)} ms bare, ratio ${(a / b).toFixed(2)} (n=${count})`,
    );
  }
} finally {
  child.kill('SIGTERM');
  floor.close();
  rmSync(folder, { recursive: true, force: true });
}
