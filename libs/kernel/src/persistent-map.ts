/** Bits of the hash used per level: 32 children a node. */
const bits = 5;
const mask = (1 << bits) - 1;

type Leaf<V> = { readonly hash: number; readonly entries: readonly (readonly [string, V])[] };
/** 32 slots, `count` of them taken. A copied array is cheaper than a copied object with the same members. */
type Branch<V> = { readonly children: readonly (Node<V> | undefined)[]; readonly count: number };
type Node<V> = Leaf<V> | Branch<V>;

const empty: readonly undefined[] = Array.from({ length: 1 << bits }, () => undefined);

const place = <V>(children: Branch<V>['children'], slot: number, node: Node<V> | undefined): Branch<V>['children'] => {
  const copy = children.slice();
  copy[slot] = node;
  return copy;
};

const isLeaf = <V>(node: Node<V>): node is Leaf<V> => 'entries' in node;

/** FNV-1a, 32 bit. */
const hashOf = (key: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return hash >>> 0;
};

const insert = <V>(node: Node<V> | undefined, shift: number, hash: number, entry: readonly [string, V]): Node<V> => {
  if (!node) return { hash, entries: [entry] };
  if (isLeaf(node)) {
    if (node.hash === hash) return { hash, entries: [...node.entries.filter(([key]) => key !== entry[0]), entry] };
    const branch: Branch<V> = { children: place<V>(empty, (node.hash >>> shift) & mask, node), count: 1 };
    return insert(branch, shift, hash, entry);
  }
  const slot = (hash >>> shift) & mask;
  const before = node.children[slot];
  return {
    children: place(node.children, slot, insert(before, shift + bits, hash, entry)),
    count: before ? node.count : node.count + 1,
  };
};

const remove = <V>(node: Node<V> | undefined, shift: number, hash: number, key: string): Node<V> | undefined => {
  if (!node) return undefined;
  if (isLeaf(node)) {
    const entries = node.entries.filter(([other]) => other !== key);
    return entries.length === 0 ? undefined : { hash: node.hash, entries };
  }
  const slot = (hash >>> shift) & mask;
  const child = remove(node.children[slot], shift + bits, hash, key);
  if (!child && node.count === 1) return undefined;
  return { children: place(node.children, slot, child), count: child ? node.count : node.count - 1 };
};

const walk = function* <V>(node: Node<V> | undefined): Generator<readonly [string, V]> {
  if (!node) return;
  if (isLeaf(node)) yield* node.entries;
  else for (const child of node.children) yield* walk(child);
};

/**
 * An immutable map whose `with` and `without` cost the same at a hundred entries and at a hundred thousand
 * (a hash array mapped trie). State that `evolve` folds stays immutable without copying all of it per event.
 */
export class PersistentMap<V> {
  private constructor(
    private readonly root: Node<V> | undefined,
    readonly size: number,
  ) {}

  static empty<V>(): PersistentMap<V> {
    return new PersistentMap<V>(undefined, 0);
  }

  get(key: string): V | undefined {
    const hash = hashOf(key);
    let node = this.root;
    for (let shift = 0; node && !isLeaf(node); shift += bits) node = node.children[(hash >>> shift) & mask];
    return node?.entries.find(([other]) => other === key)?.[1];
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  with(key: string, value: V): PersistentMap<V> {
    const root = insert(this.root, 0, hashOf(key), [key, value]);
    return new PersistentMap(root, this.has(key) ? this.size : this.size + 1);
  }

  without(key: string): PersistentMap<V> {
    return this.has(key) ? new PersistentMap(remove(this.root, 0, hashOf(key), key), this.size - 1) : this;
  }

  /** Every key, in no promised order. Costs the size of the map. */
  *keys(): Generator<string> {
    for (const [key] of walk(this.root)) yield key;
  }

  /** Every value, in no promised order. Costs the size of the map. */
  *values(): Generator<V> {
    for (const [, value] of walk(this.root)) yield value;
  }
}
