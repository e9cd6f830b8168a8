import { isJson, scimFault, valueIn, type Json } from './scim-json';
import { readPath, type AttributePath } from './scim-path';

/** Whether a resource, or one value of a multi-valued attribute, is meant. */
export type Matches = (value: unknown) => boolean;

/** A filter that was understood (RFC 7644 §3.4.2.2). */
export interface ScimFilter {
  readonly matches: Matches;
  /**
   * What it demands of single attributes by `eq`, all of it at once: to look things up by. Names in lower case, in an
   * extension behind its own.
   */
  readonly demands: Readonly<Record<string, string>>;
}

const longest = 2_000;
const deepest = 20;

const token = /\s*(?:("(?:[^"\\]|\\.)*")|([()[\]])|([^\s()[\]"]+))/y;

const tokensOf = (text: string): readonly string[] => {
  if (text.length > longest) throw scimFault('invalidFilter', `The filter is longer than ${longest} characters.`);
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.trimEnd().length) {
    const found = token.exec(text);
    if (!found) throw scimFault('invalidFilter', 'The filter has a text without an end.');
    tokens.push(found[1] ?? found[2] ?? found[3] ?? '');
  }
  return tokens;
};

/** Every value of an attribute: of multi-valued ones each, of complex ones their `value`. */
const valuesAt = (resource: unknown, { extension, name, sub }: AttributePath): readonly unknown[] => {
  const whole = valueIn(extension === null ? resource : valueIn(resource, extension), name);
  const all = Array.isArray(whole) ? whole : [whole];
  return all.map((one) => {
    if (sub !== null) return valueIn(one, sub);
    return isJson(one) ? (valueIn(one, 'value') ?? one) : one;
  });
};

const isPresent = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

const asText = (value: unknown): string | null => (typeof value === 'string' ? value.toLowerCase() : null);

const compared = (value: unknown, wanted: unknown): number | null => {
  if (typeof value === 'number' && typeof wanted === 'number') return value - wanted;
  const [one, other] = [asText(value), asText(wanted)];
  if (one === null || other === null) return null;
  return one < other ? -1 : one > other ? 1 : 0;
};

const isEqual = (value: unknown, wanted: unknown): boolean =>
  typeof value === 'string' && typeof wanted === 'string'
    ? asText(value) === asText(wanted)
    : (value ?? null) === wanted;

const text = (test: (value: string, wanted: string) => boolean) => (value: unknown, wanted: unknown) => {
  const [one, other] = [asText(value), asText(wanted)];
  return one !== null && other !== null && test(one, other);
};

const order = (test: (difference: number) => boolean) => (value: unknown, wanted: unknown) => {
  const difference = compared(value, wanted);
  return difference !== null && test(difference);
};

const operators: ReadonlyMap<string, (value: unknown, wanted: unknown) => boolean> = new Map(
  Object.entries({
    eq: isEqual,
    ne: (value, wanted) => !isEqual(value, wanted),
    co: text((value, wanted) => value.includes(wanted)),
    sw: text((value, wanted) => value.startsWith(wanted)),
    ew: text((value, wanted) => value.endsWith(wanted)),
    gt: order((difference) => difference > 0),
    ge: order((difference) => difference >= 0),
    lt: order((difference) => difference < 0),
    le: order((difference) => difference <= 0),
  }),
);

const readValue = (text: string | undefined): unknown => {
  try {
    const value: unknown = JSON.parse(text ?? '');
    if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value;
  } catch {
    // Falls through to the one answer for all that is no value.
  }
  throw scimFault(
    'invalidFilter',
    `A text in double quotes, a number, true, false or null is expected, not ${String(text).slice(0, 40)}.`,
  );
};

const none: ScimFilter['demands'] = {};

class Parser {
  private at = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly string[]) {}

  whole(): ScimFilter {
    const filter = this.or();
    if (this.at < this.tokens.length) throw this.unexpected();
    return filter;
  }

  private or(): ScimFilter {
    const parts = [this.and()];
    while (this.takes('or')) parts.push(this.and());
    if (parts.length === 1 && parts[0]) return parts[0];
    return { matches: (value) => parts.some(({ matches }) => matches(value)), demands: none };
  }

  private and(): ScimFilter {
    const parts = [this.not()];
    while (this.takes('and')) parts.push(this.not());
    const demands = Object.fromEntries(parts.flatMap((part) => Object.entries(part.demands)));
    return { matches: (value) => parts.every(({ matches }) => matches(value)), demands };
  }

  private not(): ScimFilter {
    if (!this.takes('not')) return this.group();
    const { matches } = this.group();
    return { matches: (value) => !matches(value), demands: none };
  }

  private group(): ScimFilter {
    if (!this.takes('(')) return this.attribute();
    const filter = this.nested();
    this.expect(')');
    return filter;
  }

  private nested(): ScimFilter {
    this.depth += 1;
    if (this.depth > deepest) throw scimFault('invalidFilter', `The filter nests deeper than ${deepest} levels.`);
    const filter = this.or();
    this.depth -= 1;
    return filter;
  }

  private attribute(): ScimFilter {
    const path = readPath(this.next());
    if (this.takes('[')) return this.valuePath(path);
    const operator = this.next().toLowerCase();
    if (operator === 'pr') return { matches: (value) => valuesAt(value, path).some(isPresent), demands: none };
    return this.comparison(path, operator);
  }

  private comparison(path: AttributePath, operator: string): ScimFilter {
    const test = operators.get(operator);
    if (!test) throw scimFault('invalidFilter', `'${operator.slice(0, 20)}' is no operator.`);
    const wanted = readValue(this.tokens[this.at++]);
    const matches: Matches = (value) => valuesAt(value, path).some((one) => test(one, wanted));
    const isDemand = operator === 'eq' && typeof wanted === 'string' && path.sub === null;
    const name = path.extension === null ? path.name : `${path.extension}:${path.name}`;
    return { matches, demands: isDemand ? { [name.toLowerCase()]: wanted } : none };
  }

  private valuePath(path: AttributePath): ScimFilter {
    const { matches } = this.nested();
    this.expect(']');
    return {
      matches: (value) => {
        const whole = valueIn(path.extension === null ? value : valueIn(value, path.extension), path.name);
        return Array.isArray(whole) && whole.some(matches);
      },
      demands: none,
    };
  }

  private takes(word: string): boolean {
    if (this.tokens[this.at]?.toLowerCase() !== word) return false;
    this.at += 1;
    return true;
  }

  private expect(word: string): void {
    if (!this.takes(word)) throw this.unexpected();
  }

  private next(): string {
    const word = this.tokens[this.at];
    if (word === undefined || word.startsWith('"')) throw this.unexpected();
    this.at += 1;
    return word;
  }

  private unexpected(): Error {
    const word = this.tokens[this.at];
    return scimFault(
      'invalidFilter',
      word === undefined ? 'The filter ends too early.' : `'${word.slice(0, 40)}' is not expected here.`,
    );
  }
}

/** Reads a filter. Throws `invalidFilter`, or `invalidPath` for a name that can be none. */
export const parseFilter = (filter: string): ScimFilter => new Parser(tokensOf(filter)).whole();

/** Values of a multi-valued attribute that a filter between brackets is about. */
export const parseValueFilter = (
  filter: string,
): ((value: Json) => boolean) & { readonly demands: ScimFilter['demands'] } => {
  const { matches, demands } = parseFilter(filter);
  return Object.assign((value: Json) => matches(value), { demands });
};
