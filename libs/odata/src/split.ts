import { badRequest } from './refusal';

/** What counts when an option is cut: quoted text as a whole, parentheses, separators, and a quote nobody closes. */
const marks = /'[^']*'|[(),;]|'/g;

const step: Readonly<Record<string, number>> = { '(': 1, ')': -1 };

/** Where the separator stands outside quotes and parentheses; null when those do not match up. */
const separatorsIn = (text: string, separator: string): readonly number[] | null => {
  const found: number[] = [];
  let depth = 0;
  for (const { 0: mark, index } of text.matchAll(marks)) {
    depth += step[mark] ?? 0;
    if (mark === "'" || depth < 0) return null;
    if (mark === separator && depth === 0) found.push(index);
  }
  return depth === 0 ? found : null;
};

/**
 * Cuts an option's text at a separator that stands outside quotes and parentheses; parts are trimmed. Refuses empty
 * parts and whatever is not closed. Linear in the text's length.
 */
export const splitOutside = (text: string, separator: ',' | ';', option: string): readonly string[] => {
  const separators = separatorsIn(text, separator);
  if (!separators) throw badRequest(`${option} has a parenthesis or a quote without its partner.`);
  const starts = [0, ...separators.map((at) => at + 1)];
  const parts = starts.map((start, index) => text.slice(start, separators[index]).trim());
  if (parts.includes('')) throw badRequest(`${option} has an empty item; remove the extra '${separator}'.`);
  return parts;
};
