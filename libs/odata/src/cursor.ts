import type { Fail, Token } from './lexer';
import { limits } from './limits';

const shown = (token: Token): string =>
  token.kind === 'end' ? 'its end' : `'${token.text}' at character ${token.at + 1}`;

/** Reads tokens one after another and keeps count of what the filter costs. */
export class Cursor {
  private index = 0;
  private depth = 0;
  private nodes = 0;

  constructor(
    private readonly tokens: readonly Token[],
    readonly fail: Fail,
  ) {}

  /** The token this many places ahead; past the end it is the `end` token. */
  peek(ahead = 0): Token {
    return this.tokens[this.index + ahead] ?? { kind: 'end', text: '', at: 0 };
  }

  take(): Token {
    const token = this.peek();
    this.index += 1;
    return token;
  }

  /** The next token's text in lower case when it is one of these words; whether it is taken is up to the caller. */
  wordAhead<Word extends string>(words: readonly Word[], ahead = 0): Word | undefined {
    const token = this.peek(ahead);
    return token.kind === 'word' ? words.find((word) => word === token.text.toLowerCase()) : undefined;
  }

  isMark(mark: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'mark' && token.text === mark;
  }

  takeMark(mark: string): boolean {
    const found = this.isMark(mark);
    if (found) this.index += 1;
    return found;
  }

  takeWord(word: string): boolean {
    const found = this.wordAhead([word]) !== undefined;
    if (found) this.index += 1;
    return found;
  }

  expectMark(mark: string): void {
    if (!this.takeMark(mark)) this.expected(`'${mark}'`);
  }

  /** Refuses the filter: this was to come next, and something else did. */
  expected(what: string): never {
    return this.fail(`${what} is expected where ${shown(this.peek())} stands`);
  }

  /** Runs `read` one level deeper. */
  nested<T>(read: () => T): T {
    this.depth += 1;
    if (this.depth > limits.depth) this.fail(`it nests deeper than ${limits.depth} levels`);
    const result = read();
    this.depth -= 1;
    return result;
  }

  /** Counts a node of the tree and hands it on. */
  counted<T>(node: T): T {
    this.nodes += 1;
    if (this.nodes > limits.nodes) this.fail(`it has more than ${limits.nodes} conditions`);
    return node;
  }
}
