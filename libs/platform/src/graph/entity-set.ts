import type { EntitySchema, FilterNode } from '@pim/odata';
import type { Filter } from '@pim/engine';
import type { GraphRequest } from './graph-request';

/** Finds what a navigation leads to, for a whole page at once: one answer per document, null where there is none. */
export interface Expander<E extends object = object> {
  (documents: readonly object[], request: GraphRequest): Promise<readonly (E | null)[]>;
  /** The navigations of what it leads to; a function, because entities refer to each other in circles. */
  readonly inner?: () => Readonly<Record<string, Expander>>;
}

/** An expander whose entities can be expanded further. */
export const withInner = <E extends object>(
  find: Expander<E>,
  inner: () => Readonly<Record<string, Expander>>,
): Expander<E> => Object.assign((...asked: Parameters<Expander<E>>) => find(...asked), { inner });

/** One Graph collection: where its documents are, what clients may ask of it, and how a document becomes an entity. */
export interface EntitySet<D extends object = object> {
  /** Path behind the version: `roleManagement/directory/roleDefinitions`. Part of every `@odata.context`. */
  readonly path: string;
  readonly collection: string;
  readonly schema: EntitySchema;
  /** Always part of the question, for example "in effect now". */
  where?(request: GraphRequest): Filter;
  /** Expanded even when nobody asks for it (reference §1.7.1). */
  readonly inline?: readonly string[];
  /** A field that tells in which order the log has them: the order of a list, and of what a client's order leaves equal. */
  readonly sequence?: string;
  /** Rewrites what a client asks for into what the documents can answer. */
  rewrite?(filter: FilterNode): Promise<FilterNode>;
  /** Completes the documents of a page, for example with names that are looked up at read time. */
  prepare?(page: readonly D[]): Promise<readonly D[]>;
  /** Document to entity; absent: the document is the entity. */
  entity?(document: D, request: GraphRequest): object;
  readonly expand: Readonly<Record<string, Expander>>;
}
