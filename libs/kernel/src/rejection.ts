/** `invalid` 400 · `forbidden` 403 · `not-found` 404 · `conflict` 409. */
export type RejectionKind = 'invalid' | 'forbidden' | 'not-found' | 'conflict';

/**
 * The caller asked for something the rules refuse, and nothing was recorded.
 * `code` is what Graph clients read in `error.code` (reference §5.2).
 */
export class Rejection<Code extends string = string> extends Error {
  constructor(
    readonly kind: RejectionKind,
    readonly code: Code,
    message: string,
  ) {
    super(message);
    this.name = 'Rejection';
  }
}
