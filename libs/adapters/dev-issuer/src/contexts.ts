/** Authentication contexts the login page offers; a tenant has c1 to c99, three are enough to try step-up with. */
export const CONTEXTS: readonly string[] = ['c1', 'c2', 'c3'];

/** The contexts among the values of `acr_values` or of a session's `acr`. */
export const contextsIn = (values: string | undefined): readonly string[] =>
  (values ?? '').split(' ').filter((value) => CONTEXTS.includes(value));
