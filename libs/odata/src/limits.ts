/** What one query option may cost. Beyond it the answer is a Rejection, long before a stack or a clock runs out. */
export const limits = {
  /** Characters in one option. */
  characters: 8192,
  /** Parentheses, `not` and lambdas around one another. */
  depth: 32,
  /** Comparisons, functions and connectives in one filter; Graph takes 15 alternatives. Each is asked of every document. */
  nodes: 32,
  /** Values in one `in` list. */
  values: 1000,
  /** `$expand` inside `$expand`. */
  expansions: 4,
  /** Entities on one page (reference §0.2). */
  page: 999,
} as const;
