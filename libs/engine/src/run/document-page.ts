import type { Documents, Stored } from '../ports/documents';
import type { Position, RecordedEvent } from '../ports/event-store';

/** One document while a page of events is folded into it. */
export class Draft {
  private readonly seen: Record<string, number>;
  private position: Position;
  private document: object | null;
  private isChanged = false;

  constructor(private readonly stored: Stored<object> | null) {
    this.document = stored?.document ?? null;
    this.seen = { ...stored?.seen };
    this.position = stored?.position ?? 0n;
  }

  /** Folds an event in, unless the document has seen it or one after it. */
  apply({ stream, revision, position }: RecordedEvent, evolve: (document: object | null) => object | null): void {
    const last = this.seen[stream];
    if (last !== undefined && last >= revision) return;
    this.document = evolve(this.document);
    this.seen[stream] = revision;
    this.position = position;
    // An event that leaves no document where there never was one needs no tombstone.
    this.isChanged ||= this.stored !== null || this.document !== null;
  }

  /** What to store; null when there is nothing new to store. */
  changed(): Stored<object> | null {
    return this.isChanged ? { document: this.document, seen: this.seen, position: this.position } : null;
  }
}

/** The documents that a page of events touches: read once, written once. */
export class DocumentPage {
  private readonly collections = new Map<string, Map<string, Draft>>();

  /** `check` rejects when a collection is not what it was; nothing is folded into what was read beside it then. */
  constructor(
    private readonly documents: Pick<Documents, 'get' | 'put'>,
    private readonly check: (collection: string) => Promise<void>,
  ) {}

  /** Reads these documents, all at once. */
  async load(wanted: Iterable<readonly [collection: string, key: string]>): Promise<void> {
    const keys = new Map<string, Set<string>>();
    for (const [collection, key] of wanted) keys.set(collection, (keys.get(collection) ?? new Set()).add(key));
    await Promise.all([...keys].map(([collection, some]) => this.loadFrom(collection, [...some])));
  }

  /** A document that was loaded. */
  draft(collection: string, key: string): Draft {
    const draft = this.collections.get(collection)?.get(key);
    if (!draft) throw new Error(`${collection}/${key} was not loaded (this is a bug)`);
    return draft;
  }

  private async loadFrom(collection: string, keys: readonly string[]): Promise<void> {
    const [found] = await Promise.all([
      Promise.all(keys.map((key) => this.documents.get(collection, key))),
      this.check(collection),
    ]);
    this.collections.set(collection, new Map(keys.map((key, at) => [key, new Draft(found[at] ?? null)])));
  }

  /** Stores what changed. After a failure some of it may be stored; folding the same events in again is then harmless. */
  async write(): Promise<void> {
    const writes: Promise<void>[] = [];
    for (const [collection, drafts] of this.collections)
      for (const [key, draft] of drafts) {
        const stored = draft.changed();
        if (stored) writes.push(this.documents.put(collection, key, stored));
      }
    await Promise.all(writes);
  }
}
