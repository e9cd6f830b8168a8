/** A value as documents keep it: date-times are ISO with milliseconds and `Z`, enums in documented casing. */
export type Scalar = string | number | boolean | null;

export type Comparator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';
export type TextFunction = 'startswith' | 'endswith' | 'contains';

/** Canonical names from the entity, or from the element inside `any`; empty means the element itself. */
export type Path = readonly string[];

/** A `$filter` that was understood: every name exists and every value fits its property. */
export type FilterNode =
  | { readonly kind: 'and' | 'or'; readonly nodes: readonly FilterNode[] }
  | { readonly kind: 'not'; readonly node: FilterNode }
  | { readonly kind: 'compare'; readonly op: Comparator; readonly path: Path; readonly value: Scalar }
  | { readonly kind: 'in'; readonly path: Path; readonly values: readonly Scalar[] }
  | { readonly kind: 'text'; readonly fn: TextFunction; readonly path: Path; readonly text: string }
  | { readonly kind: 'any'; readonly path: Path; readonly node?: FilterNode };

/** The place of an entity in an order: which order, then its values there, most significant first. */
export type Position = readonly Scalar[];

export interface OrderBy {
  readonly path: Path;
  readonly descending: boolean;
}

export interface Expand {
  readonly name: string;
  readonly query: ODataQuery;
}

export interface ODataQuery {
  readonly filter?: FilterNode | undefined;
  readonly orderBy: readonly OrderBy[];
  /** 0 to 999; undefined when the client left it to us. */
  readonly top?: number | undefined;
  readonly skip: number;
  /** Where the page before this one ended, as `skipTokenOf` was given it. */
  readonly skipToken?: Position | undefined;
  readonly count: boolean;
  /** Canonical names in the client's order; undefined selects everything. */
  readonly select?: readonly string[] | undefined;
  readonly expand: readonly Expand[];
}
