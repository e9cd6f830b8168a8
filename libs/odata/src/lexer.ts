import { uuidPattern } from '@pim/kernel';

/** A piece of a filter, and where it begins. `word` is a name, a keyword or a bare literal such as `true`. */
export type Token =
  | { readonly kind: 'word' | 'guid' | 'date' | 'number' | 'mark'; readonly text: string; readonly at: number }
  /** Quoted text without its quotes; `prefix` is what stood before them: `duration'PT8H'`. */
  | { readonly kind: 'quoted'; readonly text: string; readonly at: number; readonly prefix: string }
  | { readonly kind: 'end'; readonly text: ''; readonly at: number };

export type Fail = (reason: string) => never;

const patternOfName = /[A-Za-z_][\w.]*/y;

// Sticky and without nested repetition: each looks at a character a bounded number of times.
const patterns = [
  ['guid', new RegExp(`${uuidPattern}(?![\\w-])`, 'iy')],
  ['date', /\d{4}-\d\d-\d\d(?:T[\d:.]*(?:Z|[+-][\d:]+)?)?(?![\w-])/iy],
  ['number', /[+-]?\d+(?:\.\d+)?(?![\w.-])/y],
  ['word', patternOfName],
  ['mark', /[(),/:]/y],
] as const;

/** An operator may touch the text after it (`id eq'x'`); any other name there is a prefix. */
const operator = /^(?:eq|ne|gt|ge|lt|le|in|and|or|not)$/i;

const blank = /\s*/y;

const matchAt = (pattern: RegExp, text: string, at: number): string | undefined => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
};

/** Reads quoted text whose opening quote is at `open`; a quote inside it is doubled. */
const readQuoted = (text: string, open: number, fail: Fail): { value: string; end: number } => {
  const parts: string[] = [];
  for (let from = open + 1; ;) {
    const quote = text.indexOf("'", from);
    if (quote < 0) return fail(`the text that begins at character ${open + 1} has no closing quote`);
    parts.push(text.slice(from, quote));
    if (text[quote + 1] !== "'") return { value: parts.join("'"), end: quote + 1 };
    from = quote + 2;
  }
};

/** A quoted text at `at`, with the prefix that touches it; null when something else stands there. */
const quotedAt = (text: string, at: number, fail: Fail): { token: Token; end: number } | null => {
  const name = matchAt(patternOfName, text, at) ?? '';
  const prefix = operator.test(name) ? '' : name;
  const open = at + prefix.length;
  if (text[open] !== "'") return null;
  const { value, end } = readQuoted(text, open, fail);
  return { token: { kind: 'quoted', text: value, at, prefix }, end };
};

const readToken = (text: string, at: number, fail: Fail): { token: Token; end: number } => {
  const quoted = quotedAt(text, at, fail);
  if (quoted) return quoted;
  for (const [kind, pattern] of patterns) {
    const match = matchAt(pattern, text, at);
    if (match !== undefined) return { token: { kind, text: match, at }, end: at + match.length };
  }
  return fail(`'${String.fromCodePoint(text.codePointAt(at) ?? 0)}' at character ${at + 1} is not understood`);
};

/** Cuts a filter into tokens, an `end` last. Linear in its length. */
export const tokensOf = (text: string, fail: Fail): readonly Token[] => {
  const tokens: Token[] = [];
  let at = matchAt(blank, text, 0)?.length ?? 0;
  while (at < text.length) {
    const { token, end } = readToken(text, at, fail);
    tokens.push(token);
    at = end + (matchAt(blank, text, end)?.length ?? 0);
  }
  return [...tokens, { kind: 'end', text: '', at: text.length }];
};
