import { StoreUnavailable, WrongRevision, type EventMetadata, type NewEvent } from '@pim/engine';
import { eventStoreContract } from '@pim/engine/contract';
import type Database from 'libsql';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolderLocked, DataFolderUnusable, EmbeddedEventStore, openEmbeddedEventStore } from './event-store';
import { openDatabase, releaseDatabase } from './event-store-database';

const clock = { now: () => '2026-03-01T09:00:00.000Z' };
const metadata: EventMetadata = {
  actor: { id: 'ada', kind: 'user' },
  authentication: null,
  correlationId: 'c',
  causationId: 'c',
};
let counter = 0;
const event = (data: object = {}): NewEvent => ({
  id: `id-${++counter}`,
  type: 'Happened',
  version: 1,
  data,
  metadata,
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pim-store-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

eventStoreContract('embedded', async () => {
  const home = join(folder, 'made', 'when', 'missing');
  let store = await openEmbeddedEventStore(home, clock);
  return {
    store,
    reopen: async () => {
      await store.close();
      store = await openEmbeddedEventStore(home, clock);
      return store;
    },
    dispose: () => store.close(),
  };
});

describe('the data folder', () => {
  it('belongs to one process at a time', async () => {
    const store = await openEmbeddedEventStore(folder, clock);
    await expect(openEmbeddedEventStore(folder, clock)).rejects.toThrow(DataFolderLocked);
    await expect(openEmbeddedEventStore(folder, clock)).rejects.toThrow(folder);
    await store.append('request-1', [event()], 'no-stream');
    await store.close();
    const next = await openEmbeddedEventStore(folder, clock);
    expect(await next.read('request-1')).toHaveLength(1);
    await next.close();
  });

  it('is locked against other processes, and free as soon as they are killed', async () => {
    const libsql = JSON.stringify(require.resolve('libsql'));
    const script = `const db = new (require(${libsql}))('events.db');
      db.exec('PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; CREATE TABLE t (x)');
      console.log('locked'); setInterval(() => db, 1000);`;
    const child = spawn(process.execPath, ['-e', script], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    await expect(openEmbeddedEventStore(folder, clock)).rejects.toThrow(DataFolderLocked);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await (await openEmbeddedEventStore(folder, clock)).close();
  });

  it.each<[string, () => string]>([
    ['a file', () => join(folder, 'file')],
    ['below a file', () => join(folder, 'file', 'below')],
  ])('is refused when it is %s', async (_, path) => {
    writeFileSync(join(folder, 'file'), '');
    await expect(openEmbeddedEventStore(path(), clock)).rejects.toThrow(DataFolderUnusable);
    await expect(openEmbeddedEventStore(path(), clock)).rejects.toThrow(`The data folder ${path()} cannot be used`);
  });

  it('is refused when this user may not write it', async () => {
    chmodSync(folder, 0o555);
    // Nobody can take the right to write from root, so root tries a place where even root may not create a folder.
    const path = process.getuid?.() === 0 ? '/sys/pim-data' : folder;
    await expect(openEmbeddedEventStore(path, clock)).rejects.toThrow(DataFolderUnusable);
    chmodSync(folder, 0o755);
  });

  it('is refused when the log is damaged', async () => {
    writeFileSync(join(folder, 'events.db'), 'this is not a database, and it is long enough to tell'.repeat(200));
    await expect(openEmbeddedEventStore(folder, clock)).rejects.toThrow(/cannot be used: events\.db is damaged/);
  });

  it('is refused when it was written by a newer version, and is not touched', async () => {
    const db = openDatabase(folder);
    db.exec('PRAGMA user_version=99');
    releaseDatabase(db);
    await expect(openEmbeddedEventStore(folder, clock)).rejects.toThrow(/newer OpenPIM/);
    await expect(openEmbeddedEventStore(folder, clock)).rejects.toThrow(DataFolderUnusable);
  });

  it('is one file after an orderly end', async () => {
    const store = await openEmbeddedEventStore(folder, clock);
    await store.append('request-1', [event()], 'no-stream');
    await store.close();
    expect(existsSync(join(folder, 'events.db'))).toBe(true);
    expect(existsSync(join(folder, 'events.db-wal'))).toBe(false);
  });
});

describe('an embedded store', () => {
  it('starts with an empty log at 0, and counts positions from 1', async () => {
    const store = await openEmbeddedEventStore(folder, clock);
    expect(await store.head()).toBe(0n);
    expect(await store.append('request-1', [event(), event()], 'no-stream')).toEqual({ revision: 1, position: 2n });
    expect(await store.append('request-2', [event()], 'no-stream')).toEqual({ revision: 0, position: 3n });
    await store.close();
  });

  it('stores canonical JSON, fixed when append is called', async () => {
    const db = openDatabase(folder);
    const store = new EmbeddedEventStore(db, clock);
    const data = { z: 1.0, a: 'é', left: undefined };
    const appended = store.append('request-1', [event(data)], 'no-stream');
    data.a = 'changed';
    await appended;
    expect(db.prepare('SELECT data, metadata FROM events').raw().all([])).toEqual([
      ['{"a":"é","z":1}', expect.stringMatching(/^\{"actor":\{"id":"ada","kind":"user"\},"authentication":null,/)],
    ]);
    await store.close();
  });

  it('refuses values that cannot be stored as they are, alone', async () => {
    const store = await openEmbeddedEventStore(folder, clock);
    const bad: Promise<unknown>[] = [
      store.append('request-1', [event({ at: () => 0 })], 'any'),
      store.append('request-1', [event({ ratio: Number.NaN })], 'any'),
      store.append('request-1', [{ ...event(), version: 0 }], 'any'),
      store.append('request-1', [{ ...event(), id: 'a\0b' }], 'any'),
      store.append('request-\ud800', [event()], 'any'),
      store.append('request-1', [event()], -1),
      store.append('-1', [event()], 'any'),
      store.append('request-', [event()], 'any'),
      store.read('request-1', { from: -1 }),
      store.readAll({ after: 'start', limit: 0.5 }),
    ];
    const good = store.append('request-2', [event()], 'no-stream');
    for (const result of await Promise.allSettled(bad)) expect(result.status).toBe('rejected');
    expect((await good).position).toBe(1n);
    await store.close();
  });

  it('counts data, metadata and twice the type against the limit, to the byte', async () => {
    const store = await openEmbeddedEventStore(folder, clock);
    const overhead = JSON.stringify({ text: '' }).length + JSON.stringify(metadata).length + 2 * 'Happened'.length;
    const fits = 'x'.repeat(1_048_576 - overhead);
    await store.append('request-1', [event({ text: fits })], 'no-stream');
    await expect(store.append('request-2', [event({ text: `${fits}x` })], 'no-stream')).rejects.toThrow(/1048577/);
    await store.close();
  });

  it('compares under any with the whole stream, also after a restart', async () => {
    let store = await openEmbeddedEventStore(folder, clock);
    const [a, b, c] = [event(), event(), event()];
    const original = await store.append('request-1', [a, b], 'any');
    await store.append('request-1', [c], 'any');
    await store.close();
    store = await openEmbeddedEventStore(folder, clock);
    expect(await store.append('request-1', [a, b], 'any')).toEqual(original);
    for (const given of [
      [event(), b],
      [b, a],
      [a, c],
      [a, event()],
    ])
      await expect(store.append('request-1', given, 'stream-exists')).rejects.toThrow(WrongRevision);
    expect(await store.read('request-1')).toHaveLength(3);
    await store.close();
  });

  it('reads nothing for a limit of 0 or no category at all', async () => {
    const store = await openEmbeddedEventStore(folder, clock);
    await store.append('request-1', [event()], 'no-stream');
    expect(await store.read('request-1', { limit: 0 })).toEqual([]);
    expect(await store.readAll({ after: 'start', limit: 0 })).toEqual([]);
    expect(await store.readAll({ after: 'start', limit: 10, categories: [] })).toEqual([]);
    await store.close();
  });

  it('keeps checkpoints, the last one of each name', async () => {
    let store = await openEmbeddedEventStore(folder, clock);
    const large = 2n ** 62n + 1n;
    expect(await store.load('relay')).toBeNull();
    await Promise.all([store.save('relay', 1n), store.save('relay', large), store.save('other', 0n)]);
    await store.close();
    store = await openEmbeddedEventStore(folder, clock);
    expect(await store.load('relay')).toBe(large);
    expect(await store.load('other')).toBe(0n);
    await store.close();
  });
});

/** The real database, except that `fails` says which statements do not come through. */
const failingDatabase = (db: Database.Database, fails: (sql: string) => Error | null): Database.Database =>
  Object.assign(Object.create(db) as Database.Database, {
    exec: (sql: string) => {
      const error = fails(sql);
      if (error) throw error;
      return db.exec(sql);
    },
  });

const sqliteError = (code: string): Error => Object.assign(new Error(`fails with ${code}`), { code });

describe('a disk that fails', () => {
  it('takes the whole batch down when a commit fails, and takes no more until the folder is opened again', async () => {
    let failing = false;
    const db = openDatabase(folder);
    const store = new EmbeddedEventStore(
      failingDatabase(db, (sql) => (failing && sql === 'COMMIT' ? sqliteError('SQLITE_IOERR_FSYNC') : null)),
      clock,
    );
    await store.append('request-1', [event()], 'no-stream');
    failing = true;
    const batch = ['request-2', 'request-3'].map((stream) => store.append(stream, [event()], 'no-stream'));
    for (const { status } of await Promise.allSettled([...batch, store.save('relay', 1n)]))
      expect(status).toBe('rejected');
    failing = false;
    await expect(store.append('request-4', [event()], 'no-stream')).rejects.toThrow(StoreUnavailable);
    await expect(store.save('relay', 1n)).rejects.toThrow(/restart/);
    expect(await store.read('request-1')).toHaveLength(1);
    await store.close();
    const next = await openEmbeddedEventStore(folder, clock);
    expect((await next.append('request-4', [event()], 'no-stream')).revision).toBe(0);
    await next.close();
  });

  it('records nothing on a full disk, and goes on when there is room again', async () => {
    const db = openDatabase(folder);
    const store = new EmbeddedEventStore(db, clock);
    await store.append('request-1', [event()], 'no-stream');
    const [[pages]] = db.prepare('PRAGMA page_count').raw().all([]) as [[number]];
    db.exec(`PRAGMA max_page_count=${pages}`);
    const large = event({ text: 'x'.repeat(100_000) });
    const results = await Promise.allSettled([
      store.append('request-2', [event()], 'no-stream'),
      store.append('request-3', [large], 'no-stream'),
    ]);
    for (const result of results) {
      expect(result.status).toBe('rejected');
      expect(result).toHaveProperty('reason', expect.any(StoreUnavailable));
    }
    expect(await store.head()).toBe(1n);
    db.exec('PRAGMA max_page_count=1000000');
    expect(await store.append('request-3', [large], 'no-stream')).toEqual({ revision: 0, position: 2n });
    await store.close();
  });

  it('says unavailable when the log cannot be read, and delivers again when it can', async () => {
    let failing = false;
    const db = openDatabase(folder);
    const reading = db.prepare.bind(db);
    db.prepare = ((sql: string) => {
      const statement = reading(sql);
      const all = statement.all.bind(statement);
      statement.all = (...values: unknown[]) => {
        if (failing) throw sqliteError('SQLITE_IOERR_READ');
        return all(...values);
      };
      return statement;
    }) as Database.Database['prepare'];
    const store = new EmbeddedEventStore(db, clock);
    await store.append('request-1', [event()], 'no-stream');
    failing = true;
    await expect(store.read('request-1')).rejects.toThrow(StoreUnavailable);
    await expect(store.append('request-2', [event()], 'no-stream')).rejects.toThrow(StoreUnavailable);
    const told: unknown[] = [];
    const handled = new Promise<number>((resolve) => {
      const onError = (error: unknown, failed: unknown): void => {
        told.push([error, failed]);
        failing = told.length < 2;
      };
      void store.subscribe({ after: 'start', onError }, async ({ revision }) => resolve(revision));
    });
    expect(await handled).toBe(0);
    expect(told).toEqual([
      [expect.any(StoreUnavailable), null],
      [expect.any(StoreUnavailable), null],
    ]);
    await store.close();
  });
});
