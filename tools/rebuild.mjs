// npx pim rebuild …: has a running server fold a read model anew, and shows how far it is.
import { setTimeout } from 'node:timers/promises';
import { call } from './administration.mjs';

const pollMs = 500;

/** Names of every read model, one a line. */
export const listReadModels = async (access, print = console.log) => {
  for (const { id } of (await call(access, 'GET', '/readModels')).value) print(id);
};

/** Begins, or joins what goes on already, and resolves when the new documents answer. */
export const rebuild = async (access, name, print = console.log) => {
  const path = `/readModels/${encodeURIComponent(name)}`;
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
