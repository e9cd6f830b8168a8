// node tools/bench/hops.mjs [count]: from POST to `Provisioned` through five services, against the same in one process, asked
// in turn in the same run: the ratio is what the hops cost. Both stand on stores of this machine, nothing else means anything
// elsewhere. Through the services a request goes by the log and Kafka from requests to assignments and back.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { build } from '../build.mjs';
import { freePort } from '../free-port.mjs';
import { root } from '../install.mjs';
import { issuerAt } from '../stack/issuer.mjs';
import { startStack } from '../stack/stack.mjs';
import { percentile, timed } from './measure.mjs';

const count = Number(process.argv[2] ?? 300);
const warmUp = 20;

/** All five contexts in one process, as `npm start` runs them. */
const startEmbedded = async (folder) => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { ...process.env, PORT: `${port}`, OPENPIM_DATA: folder, OPENPIM_MODE: 'development' };
  const child = spawn(process.execPath, ['tools/start.mjs'], { cwd: root, env, stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  while (!(await fetch(`${url}/health/ready`).catch(() => null))?.ok) await setTimeout(50);
  return { url, issuer: await issuerAt(folder, url), stop: () => (child.kill('SIGTERM'), ended) };
};

/** Calls as Ada, who may give roles. */
const clientOf = async ({ url, issuer }) => {
  const token = await issuer.mintToken({ user: 'ada', mfa: true, now: new Date().toISOString() });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return async (method, path, body) => {
    const answer = await fetch(`${url}/v1.0/${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    return answer.json();
  };
};

const requests = 'roleManagement/directory/roleAssignmentScheduleRequests';

const provision = async (call, [principalId, roleDefinitionId]) => {
  const expiration = { type: 'afterDuration', duration: 'PT8H' };
  const order = { action: 'adminAssign', principalId, roleDefinitionId, directoryScopeId: '/', justification: 'Bench' };
  let { id, status, error } = await call('POST', requests, { ...order, scheduleInfo: { expiration } });
  while (status === 'PendingProvisioning') ({ status, error } = await call('GET', `${requests}/${id}`));
  if (status !== 'Provisioned') throw new Error(`A request ended as ${status}: ${error?.message}`);
};

/** A role for each request: nobody is given the same one twice. */
const pairsFor = async (call) => {
  const [users, roles] = [
    await call('GET', 'users'),
    await call('GET', 'roleManagement/directory/roleDefinitions?$top=999'),
  ];
  const given = await call('GET', 'roleManagement/directory/roleAssignments?$top=999');
  const held = new Set(given.value.map((one) => `${one.principalId} ${one.roleDefinitionId}`));
  const all = users.value.flatMap((user) => roles.value.map((role) => [user.id, role.id]));
  return all.filter((pair) => !held.has(pair.join(' '))).slice(0, count + warmUp);
};

const measure = async (servers) => {
  const calls = await Promise.all(servers.map(clientOf));
  const pairs = await pairsFor(calls[0]);
  const times = servers.map(() => []);
  for (const [n, pair] of pairs.entries())
    for (const [which, call] of calls.entries()) {
      const ms = await timed(() => provision(call, pair));
      if (n >= warmUp) times[which].push(ms);
    }
  return times;
};

const show = ([embedded, stack]) => {
  for (const part of [0.5, 0.99]) {
    const [one, five] = [percentile(embedded, part), percentile(stack, part)];
    const figures = `${five.toFixed(1)} ms against ${one.toFixed(1)} ms in one process`;
    console.log(
      `p${part * 100}: ${figures}, ratio ${(five / one).toFixed(1)}, ${(five - one).toFixed(1)} ms more (n=${stack.length})`,
    );
  }
};

await build();
const folder = mkdtempSync(join(tmpdir(), 'openpim-hops-'));
const servers = [];
const end = async (code) => {
  for (const server of servers.splice(0)) await server.stop();
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
};
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void end(1));
try {
  servers.push(await startEmbedded(join(folder, 'embedded')));
  servers.push(await startStack({ folder: join(folder, 'stack') }));
  show(await measure(servers));
  await end(0);
} catch (error) {
  console.error(error.message);
  await end(1);
}
