import type { DomainEvent, View } from '@pim/kernel';
import type { Loaded } from './journal';

/** A folded stream, and the ids of the commands that are on record in it. */
export interface Known<S> extends Loaded<S> {
  /** May already hold commands recorded after `revision`, never one that is not recorded. */
  readonly recordedCommands: Set<string>;
}

type AnyView<S> = Pick<View<S, DomainEvent>, 'initial'> & { readonly evolve: object };

/** Folded states of the streams used last, per stream and meaning (the `evolve` function). */
export class StateCache {
  private readonly entries = new Map<string, Known<unknown>>();
  private readonly meanings = new WeakMap<object, number>();
  private meaningCount = 0;

  constructor(private readonly capacity: number) {}

  /** The name of one stream read with one meaning. */
  keyOf({ evolve }: Pick<AnyView<unknown>, 'evolve'>, stream: string): string {
    const meaning = this.meanings.get(evolve) ?? ++this.meaningCount;
    this.meanings.set(evolve, meaning);
    return `${meaning}:${stream}`;
  }

  /** The newest state known, or the initial one. */
  get<S>(view: AnyView<S>, stream: string): Known<S> {
    const key = this.keyOf(view, stream);
    const known = this.entries.get(key);
    if (!known) return { state: view.initial, revision: -1, recordedCommands: new Set() };
    this.entries.delete(key);
    this.entries.set(key, known);
    // The key names the function that folded it, so what comes out has the type of what went in.
    return known as Known<S>;
  }

  /** Keeps a state, unless a newer one came first; forgets the one used longest ago when there are too many. */
  put<S>(view: AnyView<S>, stream: string, known: Known<S>): void {
    const key = this.keyOf(view, stream);
    if (known.revision < 0 || (this.entries.get(key)?.revision ?? -1) > known.revision) return;
    this.entries.delete(key);
    this.entries.set(key, known);
    if (this.entries.size > this.capacity) this.entries.delete(this.entries.keys().next().value ?? key);
  }

  drop(view: Pick<AnyView<unknown>, 'evolve'>, stream: string): void {
    this.entries.delete(this.keyOf(view, stream));
  }
}
