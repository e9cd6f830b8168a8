// npx pim rebuild …: has a running server fold a read model anew, and shows how far it is.
import { setTimeout } from 'node:timers/promises';

const pollMs = 500;

/** One call to `/openpim/v1/readModels`; throws what the server has against it. */
const call = async ({ server, token }, method, path = '') => {
  const answer = await fetch(`${server}/openpim/v1/readModels${path}`, {
    method,
    headers: { authorization: `Bearer ${await token()}` },
  }).catch(() => {
    throw new Error(`No server answers at ${server}. Start it, or set OPENPIM_URL.`);
  });
  const body = await answer.json();
  if (answer.ok) return body;
  throw new Error(`${answer.status} ${body.detail ?? body.error?.message ?? ''}`);
};

/** Names of every read model, one a line. */
export const listReadModels = async (access, print = console.log) => {
  for (const { id } of (await call(access, 'GET')).value) print(id);
};

/** Begins, or joins what goes on already, and resolves when the new documents answer. */
export const rebuild = async (access, name, print = console.log) => {
  const path = `/${encodeURIComponent(name)}`;
  const before = await call(access, 'GET', path);
  let now = await call(access, 'POST', `${path}/rebuild`);
  let said = '';
  while (now.generation === before.generation) {
    if (now.hasFailed) throw new Error(`${name} was not rebuilt; the log of the server says why. Nothing has changed.`);
    const line = `${name}: ${now.rebuild?.percent ?? 0} %`;
    if (line !== said) print(line);
    said = line;
    await setTimeout(pollMs);
    now = await call(access, 'GET', path);
  }
  print(`${name}: done, generation ${now.generation} answers`);
};
