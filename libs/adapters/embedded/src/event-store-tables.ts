import type { Instant } from '@pim/contracts';
import type {
  Appended,
  EventMetadata,
  Position,
  PreparedAppend,
  PreparedEvent,
  ReadAllOptions,
  ReadOptions,
  RecordedEvent,
} from '@pim/engine';
import type Database from 'libsql';

type Value = string | number;
type Row = readonly [string, number, number, string, string, number, string, string, string];

const columns = 'stream, revision, position, id, type, version, data, metadata, recorded_at';

/** The events and checkpoints of one open database, in SQL. Every method is one statement and sees its own writes. */
export class EventTables {
  private readonly statements = new Map<string, Database.Statement<[Value[]]>>();

  constructor(private readonly db: Pick<Database.Database, 'prepare'>) {}

  /** The last event of a stream; null when the stream is absent. */
  lastOf(stream: string): Appended | null {
    const [row] = this.rows<readonly [number, number]>(
      'SELECT revision, position FROM events WHERE stream = ? ORDER BY revision DESC LIMIT 1',
      [stream],
    );
    return row ? { revision: row[0], position: BigInt(row[1]) } : null;
  }

  /** Ids and places of at most `count` events of a stream from a revision on. */
  idsFrom(stream: string, revision: number, count: number): readonly (Appended & { readonly id: string })[] {
    return this.rows<readonly [string, number, number]>(
      'SELECT id, revision, position FROM events WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?',
      [stream, revision, count],
    ).map(([id, at, position]) => ({ id, revision: at, position: BigInt(position) }));
  }

  /** Which of these ids a stream holds, and at which revision last. Reads the whole stream. */
  revisionsOf(stream: string, ids: readonly string[]): ReadonlyMap<string, number> {
    const found = this.rows<readonly [string, number]>(
      'SELECT id, max(revision) FROM events WHERE stream = ? AND id IN (SELECT value FROM json_each(?)) GROUP BY id',
      [stream, JSON.stringify(ids)],
    );
    return new Map(found);
  }

  /** Adds one event at the end of the log and returns where it came to stand. */
  insert(to: PreparedAppend, event: PreparedEvent, revision: number, recordedAt: Instant): Appended {
    const { id, type, version, data, metadata } = event;
    const { lastInsertRowid } = this.statement(
      'INSERT INTO events (stream, revision, category, id, type, version, data, metadata, recorded_at) ' +
        'VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ).run([to.stream, revision, to.category, id, type, version, data, metadata, recordedAt]);
    return { revision, position: BigInt(lastInsertRowid) };
  }

  read(stream: string, { from, direction = 'forwards', limit }: ReadOptions): readonly RecordedEvent[] {
    const forwards = direction === 'forwards';
    const [compare, order] = forwards ? ['>=', 'ASC'] : ['<=', 'DESC'];
    const first = from ?? (forwards ? 0 : Number.MAX_SAFE_INTEGER);
    return this.rows<Row>(
      `SELECT ${columns} FROM events WHERE stream = ? AND revision ${compare} ? ORDER BY revision ${order} LIMIT ?`,
      [stream, first, limit ?? -1],
    ).map(toRecorded);
  }

  readAll({ after, limit, categories }: ReadAllOptions): readonly RecordedEvent[] {
    const past = after === 'start' ? 0 : Number(after);
    if (!categories)
      return this.rows<Row>(`SELECT ${columns} FROM events WHERE position > ? ORDER BY position LIMIT ?`, [
        past,
        limit,
      ]).map(toRecorded);
    const wanted = [...new Set(categories)];
    if (wanted.length === 0) return [];
    // One index range per category, merged by position: SQLite stops at the limit instead of sorting every match.
    const each = wanted.map(() => `SELECT ${columns} FROM events WHERE category = ? AND position > ?`);
    return this.rows<Row>(`${each.join(' UNION ALL ')} ORDER BY position LIMIT ?`, [
      ...wanted.flatMap((category) => [category, past]),
      limit,
    ]).map(toRecorded);
  }

  head(): Position {
    const [row] = this.rows<readonly [number | null]>('SELECT max(position) FROM events', []);
    return BigInt(row?.[0] ?? 0);
  }

  checkpoint(name: string): Position | null {
    const [row] = this.rows<readonly [string]>('SELECT position FROM checkpoints WHERE name = ?', [name]);
    return row ? BigInt(row[0]) : null;
  }

  saveCheckpoint(name: string, position: Position): void {
    this.statement('INSERT OR REPLACE INTO checkpoints (name, position) VALUES (?, ?)').run([name, String(position)]);
  }

  /** Always reads to the end: a statement left half-way would keep the write-ahead log from being emptied. */
  private rows<R extends readonly unknown[]>(sql: string, values: Value[]): R[] {
    return this.statement(sql).raw().all(values) as R[];
  }

  private statement(sql: string): Database.Statement<[Value[]]> {
    const known = this.statements.get(sql);
    if (known) return known;
    const prepared = this.db.prepare<[Value[]]>(sql);
    this.statements.set(sql, prepared);
    return prepared;
  }
}

const toRecorded = ([
  stream,
  revision,
  position,
  id,
  type,
  version,
  data,
  metadata,
  recordedAt,
]: Row): RecordedEvent => ({
  id,
  type,
  version,
  data: JSON.parse(data) as object,
  metadata: JSON.parse(metadata) as EventMetadata,
  stream,
  revision,
  position: BigInt(position),
  recordedAt,
});
