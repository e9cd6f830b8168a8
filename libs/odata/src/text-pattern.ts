import type { TextFunction } from './ast';

/** Text as a regular expression that matches it and nothing else. */
const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** The pattern of a text function; `eq` is the whole text. To be used with the flag `i`: Graph disregards case. */
export const patternOf = (fn: TextFunction | 'eq', text: string): string => {
  const begins = fn === 'startswith' || fn === 'eq' ? '^' : '';
  // `$` would do in JavaScript; in PCRE, which MongoDB uses, it also matches before a last line break.
  const ends = fn === 'endswith' || fn === 'eq' ? '(?![\\s\\S])' : '';
  return `${begins}${escaped(text)}${ends}`;
};

/** The pattern of whatever is one of these whole texts: one to be asked of a document, however many they are. */
export const patternOfOne = (texts: readonly string[]): string => `^(?:${texts.map(escaped).join('|')})(?![\\s\\S])`;
