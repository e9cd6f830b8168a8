import Database from 'libsql';
import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Another process has the data folder open. Nothing was changed. */
export class DataFolderLocked extends Error {
  constructor(folder: string, options?: ErrorOptions) {
    super(
      `The data folder ${folder} is in use by another OpenPIM process. ` +
        'Stop that process, or give this one a data folder of its own.',
      options,
    );
    this.name = 'DataFolderLocked';
  }
}

/** The data folder cannot hold the log: not a directory, not writable, damaged, or newer than this build. */
export class DataFolderUnusable extends Error {
  constructor(folder: string, reason: string, options?: ErrorOptions) {
    super(`The data folder ${folder} cannot be used: ${reason}`, options);
    this.name = 'DataFolderUnusable';
  }
}

/** Written to the file as `user_version`; a build refuses a log that is newer than itself. */
const layout = 1;

// Data and metadata are canonical JSON as text: SQLite keeps the UTF-8 bytes, and they stay readable by hand.
// Rows only ever come in at the end of the table and of each category, so those two stay cheap; there is no index on
// event ids because idempotency is a rule within one stream, and a random index would double the cost of every append.
const schema = `
  CREATE TABLE IF NOT EXISTS events (
    position INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    category TEXT NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    version INTEGER NOT NULL,
    data TEXT NOT NULL,
    metadata TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS events_by_category ON events (category);
  CREATE TABLE IF NOT EXISTS checkpoints (name TEXT PRIMARY KEY, position TEXT NOT NULL) STRICT, WITHOUT ROWID;`;

/**
 * Opens `events.db` in a folder, which is created when missing, and keeps it locked against every other process until
 * `releaseDatabase` or the end of this process, however that comes. Throws `DataFolderLocked` or `DataFolderUnusable`.
 */
export const openDatabase = (folder: string): Database.Database => {
  makeFolder(resolve(folder), folder);
  let db: Database.Database | null = null;
  try {
    db = new Database(join(folder, 'events.db'));
    // Names and addresses are in it: for nobody else on this machine.
    chmodSync(join(folder, 'events.db'), 0o600);
    prepare(db, folder);
    return db;
  } catch (error) {
    if (db) releaseDatabase(db);
    throw error instanceof DataFolderUnusable ? error : explain(folder, error);
  }
};

/** Closes the database and gives the lock back. Never throws: whatever was acknowledged is on the disk already. */
export const releaseDatabase = (db: Database.Database): void => {
  try {
    // A closed connection lives on until its statements are collected, and would keep the lock. An exclusive
    // connection lets go only after leaving WAL and touching the file once more.
    db.exec('PRAGMA journal_mode=DELETE; PRAGMA locking_mode=NORMAL; SELECT 1 FROM sqlite_schema LIMIT 1');
  } catch {
    // Another process holds the lock, or the disk is failing: then there is nothing to give back before this one ends.
  }
  db.close();
};

const prepare = (db: Database.Database, folder: string): void => {
  // Exclusive before WAL: the lock is then taken here, and the WAL needs no shared-memory file beside it.
  db.exec('PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL');
  db.exec('PRAGMA cache_size=-32768; PRAGMA wal_autocheckpoint=4000');
  if (setting(db, 'journal_mode') !== 'wal')
    throw new DataFolderUnusable(folder, 'its file system cannot keep a write-ahead log. Choose a local disk.');
  if (Number(setting(db, 'user_version')) > layout)
    throw new DataFolderUnusable(folder, 'it was written by a newer OpenPIM. Start that version or a later one.');
  db.exec(`BEGIN IMMEDIATE; ${schema} PRAGMA user_version=${layout}; COMMIT`);
};

const setting = (db: Database.Database, name: string): unknown => {
  const [row] = db.prepare(`PRAGMA ${name}`).raw().all([]) as (readonly unknown[])[];
  return row?.[0];
};

const makeFolder = (path: string, folder: string): void => {
  try {
    const first = mkdirSync(path, { recursive: true });
    if (first === undefined || process.platform === 'win32') return;
    // A folder survives a power cut only when the folder above it is on the disk, too.
    for (let made = path; made.length >= first.length; made = dirname(made)) syncFolder(dirname(made));
  } catch (error) {
    throw new DataFolderUnusable(folder, `${reasonOf(error)}. Name a directory that this user may write.`, {
      cause: error,
    });
  }
};

const syncFolder = (path: string): void => {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

const explain = (folder: string, error: unknown): Error => {
  const code = codeOf(error);
  if (code.startsWith('SQLITE_BUSY')) return new DataFolderLocked(folder, { cause: error });
  if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT'))
    return new DataFolderUnusable(folder, 'events.db is damaged. Restore the folder from a backup.', { cause: error });
  return new DataFolderUnusable(folder, `${reasonOf(error)}. Name a directory that this user may write.`, {
    cause: error,
  });
};

/** What went wrong, in the words of whoever threw it. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** SQLite's name for what went wrong, such as `SQLITE_FULL`; empty when the error is not SQLite's. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
