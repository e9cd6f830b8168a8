import { limits } from './limits';
import { badRequest } from './refusal';

/** As a web framework hands them over: decoded, an option given twice as a list. */
export type QueryParams = Readonly<Record<string, string | readonly string[] | undefined>>;

const known = ['filter', 'orderby', 'top', 'skip', 'skiptoken', 'count', 'select', 'expand'] as const;
export type OptionName = (typeof known)[number];
export type Options = Readonly<Partial<Record<OptionName, string>>>;

const optionOf = (name: string): OptionName | undefined => {
  const plain = name.replace(/^\$/, '').toLowerCase();
  return known.find((option) => option === plain);
};

const single = (name: string, value: string | readonly string[]): string => {
  if (typeof value !== 'string') {
    const [only, ...more] = value;
    if (only === undefined || more.length > 0) throw badRequest(`${name} is given more than once; give it once.`);
    return single(name, only);
  }
  if (value.trim() === '') throw badRequest(`${name} is empty; give it a value or leave it out.`);
  if (value.length > limits.characters)
    throw badRequest(`${name} is longer than ${limits.characters} characters; ask for less at once.`);
  return value.trim();
};

/**
 * The OData options among query parameters, with or without `$`, in any case (reference §0.4). Other parameters without
 * `$` are none of our business; others with `$` are refused, because ignoring them would answer a different question.
 */
export const readOptions = (params: QueryParams): Options => {
  const options: Partial<Record<OptionName, string>> = {};
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined) continue;
    const option = optionOf(name);
    if (option === undefined && name.startsWith('$'))
      throw badRequest(`The query option ${name.slice(0, 50)} is not supported; use $${known.join(', $')}.`);
    if (option === undefined) continue;
    if (options[option] !== undefined) throw badRequest(`$${option} is given more than once; give it once.`);
    options[option] = single(`$${option}`, value);
  }
  return options;
};

const digits = (name: string, text: string): number => {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value)) throw badRequest(`${name} is '${text.slice(0, 50)}'; it must be a whole number, 0 or more.`);
  return value;
};

/** `$top`; more than a page holds becomes a page (reference §0.2). */
export const topOf = (text: string): number => Math.min(digits('$top', text), limits.page);

/** `$skip`. */
export const skipOf = (text: string): number => Math.min(digits('$skip', text), Number.MAX_SAFE_INTEGER);

/** `$count`. */
export const countOf = (text: string): boolean => {
  const value = text.toLowerCase();
  if (value !== 'true' && value !== 'false')
    throw badRequest(`$count is '${text.slice(0, 50)}'; it must be true or false.`);
  return value === 'true';
};
