import { transformFileSync, type Options } from '@swc/core';
import type { RecordedEvent } from '@pim/engine';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openEmbeddedEventStore } from './event-store';

const root = join(__dirname, '../../../..');
const rounds = 50;
const longestLifeMs = 60;

// 12 writers on 4 streams, so that a commit holds several appends and some of them lose the race for a revision.
// A line is written only after the store has acknowledged the append; what follows the last newline may be cut.
const writer = `
const { writeSync } = require('node:fs');
const { openEmbeddedEventStore } = require('./libs/adapters/embedded/src/event-store.js');
const [folder, round] = process.argv.slice(2);
const metadata = { actor: { id: 'system:test', kind: 'system' }, authentication: null, correlationId: 'c', causationId: 'c' };
const write = async (store, worker) => {
  for (let n = 0; ; n += 1) {
    const stream = 'kill-' + (worker % 4);
    const ids = Array.from({ length: 1 + (n % 3) }, (_, part) => [round, worker, n, part].join('.'));
    const events = ids.map((id) => ({ id, type: 'Written', version: 1, data: { ids, text: 'é'.repeat(n % 700) }, metadata }));
    for (let done = false; !done; ) {
      const [last] = await store.read(stream, { direction: 'backwards', limit: 1 });
      done = await store.append(stream, events, last ? last.revision : 'no-stream').then(() => true, (error) => {
        if (error.name !== 'WrongRevision') throw error;
        return false;
      });
    }
    writeSync(1, ids.join(' ') + '\\n');
  }
};
openEmbeddedEventStore(folder, { now: () => new Date().toISOString() }).then((store) =>
  Promise.all(Array.from({ length: 12 }, (_, worker) => write(store, worker))),
);
`;

/** Compiles the store for plain Node, as tools/build.mjs does, into a folder of its own. */
const compileStore = (into: string): void => {
  const swc = JSON.parse(readFileSync(join(root, '.swcrc'), 'utf8')) as Options;
  for (const library of ['libs/kernel/src', 'libs/contracts/src', 'libs/engine/src', 'libs/adapters/embedded/src'])
    for (const name of readdirSync(join(root, library), { recursive: true, encoding: 'utf8' })) {
      const isOther = library.includes('embedded') && !name.startsWith('event-store');
      if (!name.endsWith('.ts') || name.endsWith('.spec.ts') || isOther) continue;
      const { code } = transformFileSync(join(root, library, name), { ...swc, swcrc: false, sourceMaps: false });
      const file = join(into, library, name.replace(/\.ts$/, '.js'));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(
        file,
        code.replace(/require\("@pim\/(\w+)"\)/g, `require(${JSON.stringify(into)} + "/libs/$1/src")`),
      );
    }
  symlinkSync(join(root, 'node_modules'), join(into, 'node_modules'));
  writeFileSync(join(into, 'writer.js'), writer);
};

/** Lets a writer run until some moment after its first acknowledgement, kills it, and returns what it had acknowledged. */
const liveAndDie = async (home: string, folder: string, round: number, lifeMs: number): Promise<string[]> => {
  const child = spawn(process.execPath, [join(home, 'writer.js'), folder, String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (output === '') setTimeout(() => child.kill('SIGKILL'), lifeMs);
    output += text;
  });
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
  return output.slice(0, output.lastIndexOf('\n') + 1).match(/\S+/g) ?? [];
};

/** Numbers in [0, 1) that follow from a seed (mulberry32). */
const randomFrom = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
};

const wholeLog = async (folder: string): Promise<readonly RecordedEvent[]> => {
  const store = await openEmbeddedEventStore(folder, { now: () => '2026-03-01T09:00:00.000Z' });
  const events = await store.readAll({ after: 'start', limit: 1_000_000 });
  await store.close();
  return events;
};

const expectSound = (events: readonly RecordedEvent[]): void => {
  const next = new Map<string, number>();
  let position = 0n;
  for (const event of events) {
    expect(event.revision).toBe(next.get(event.stream) ?? 0);
    expect(event.position > position).toBe(true);
    next.set(event.stream, event.revision + 1);
    position = event.position;
  }
};

describe('an embedded store that is killed', () => {
  let home: string;
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'pim-kill-'));
    compileStore(home);
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it(`holds what it acknowledged, once, after ${rounds} kills`, async () => {
    const seed = Date.now() % 1_000_000;
    console.log(`seed ${seed}`);
    const random = randomFrom(seed);
    const folder = join(home, 'data');
    const acknowledged: string[] = [];
    for (let round = 0; round < rounds; round += 1)
      acknowledged.push(...(await liveAndDie(home, folder, round, random() * longestLifeMs)));

    const events = await wholeLog(folder);
    expectSound(events);
    const ids = new Set(events.map(({ id }) => id));
    expect(ids.size).toBe(events.length);
    expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
    // An append that was under way is there as a whole or not at all.
    const parts = events.flatMap(({ data }) => (data as { ids: string[] }).ids);
    expect(parts.filter((id) => !ids.has(id))).toEqual([]);
    expect(acknowledged.length).toBeGreaterThanOrEqual(rounds);
  }, 300_000);
});
