// node tools/bench/store.mjs [folder]: durable appends of the embedded store against the floor of the same disk, which is
// a file that is appended to and flushed with fdatasync. The rounds alternate, and only ratios mean anything elsewhere.
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../build.mjs';
import { root } from '../install.mjs';

const rounds = 5;
const streams = 2_000;
const inFlight = 64;
const counts = { single: 1_000, grouped: 16_000 };
const metadata = {
  actor: { id: '0e7b9c3a-2d5f-4a55-9d50-b1f1d7a5c001', kind: 'user' },
  authentication: { amr: ['pwd', 'mfa'], acr: '1', acrs: [], authTime: '2026-03-01T09:00:00.000Z' },
  correlationId: '6f1c2a34-58c0-4d0e-9a51-7d2f0b1f2c11',
  causationId: '6f1c2a34-58c0-4d0e-9a51-7d2f0b1f2c12',
};
const data = {
  requestId: '6f1c2a34-58c0-4d0e-9a51-7d2f0b1f2c13',
  at: '2026-03-01T09:00:00.000Z',
  text: 'x'.repeat(160),
};

await build();
const { openEmbeddedEventStore } = createRequire(import.meta.url)(
  join(root, 'dist/libs/adapters/embedded/src/event-store.js'),
);

/** Appends of one event each, spread over many streams, each under the revision it expects. */
const storeWriter = async (folder) => {
  const store = await openEmbeddedEventStore(folder, { now: () => new Date().toISOString() });
  let n = 0;
  const append = () => {
    const number = n++;
    const revision = Math.floor(number / streams) - 1;
    const id = `6f1c2a34-58c0-4d0e-9a51-${number.toString(16).padStart(12, '0')}`;
    const event = { id, type: 'ScheduleRequested', version: 1, data, metadata };
    return store.append(
      `request-${id.slice(0, 24)}${number % streams}`,
      [event],
      revision < 0 ? 'no-stream' : revision,
    );
  };
  return { append, close: () => store.close() };
};

/** The same events as lines at the end of a file; those asked for in one turn of the event loop share one fdatasync. */
const floorWriter = async (folder) => {
  const file = openSync(join(folder, 'floor.log'), 'a');
  let lines = [];
  let waiting = [];
  const flush = () => {
    const batch = waiting;
    writeSync(file, lines.join(''));
    fdatasyncSync(file);
    [lines, waiting] = [[], []];
    for (const resolve of batch) resolve();
  };
  let n = 0;
  const append = () => {
    const stream = `request-${n++ % streams}`;
    const id = `6f1c2a34-58c0-4d0e-9a51-${n.toString(16).padStart(12, '0')}`;
    lines.push(`${JSON.stringify({ stream, id, type: 'ScheduleRequested', version: 1, data, metadata })}\n`);
    return new Promise((resolve) => {
      if (waiting.push(resolve) === 1) setImmediate(flush);
    });
  };
  return { append, close: async () => closeSync(file) };
};

const measure = async (writer, count, workers) => {
  const times = [];
  let left = count;
  const started = performance.now();
  const work = async () => {
    while (left-- > 0) {
      const from = performance.now();
      await writer.append();
      times.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  const seconds = (performance.now() - started) / 1000;
  times.sort((a, b) => a - b);
  return { perSecond: count / seconds, p50: times[times.length >> 1], p99: times[Math.floor(times.length * 0.99)] };
};

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const show = (name, ratios) =>
  console.log(
    `${name.padEnd(44)} ${median(ratios).toFixed(2)}x  [${Math.min(...ratios).toFixed(2)} - ${Math.max(...ratios).toFixed(2)}]`,
  );

const folder = mkdtempSync(join(process.argv[2] ?? tmpdir(), 'pim-bench-'));
const [store, floor] = [await storeWriter(folder), await floorWriter(folder)];
try {
  for (const writer of [store, floor]) await measure(writer, 2_000, inFlight);
  const results = [];
  for (let round = 0; round < rounds; round += 1) {
    const result = {};
    for (const [name, writer] of Object.entries(round % 2 ? { floor, store } : { store, floor }))
      result[name] = {
        single: await measure(writer, counts.single, 1),
        grouped: await measure(writer, counts.grouped, inFlight),
      };
    results.push(result);
    console.log(
      `round ${round + 1}: single p50 ${result.store.single.p50.toFixed(3)} ms (floor ${result.floor.single.p50.toFixed(3)}), ` +
        `${inFlight} in flight ${Math.round(result.store.grouped.perSecond)}/s (floor ${Math.round(result.floor.grouped.perSecond)}/s)`,
    );
  }
  console.log('\nstore against floor, median of the rounds [least - most]');
  show(
    'one append, p50 latency',
    results.map(({ store, floor }) => store.single.p50 / floor.single.p50),
  );
  show(
    'one append, p99 latency',
    results.map(({ store, floor }) => store.single.p99 / floor.single.p99),
  );
  show(
    `${inFlight} in flight, appends per second`,
    results.map(({ store, floor }) => store.grouped.perSecond / floor.grouped.perSecond),
  );
  show(
    `${inFlight} in flight, p99 latency`,
    results.map(({ store, floor }) => store.grouped.p99 / floor.grouped.p99),
  );
} finally {
  await store.close();
  await floor.close();
  rmSync(folder, { recursive: true, force: true });
}
