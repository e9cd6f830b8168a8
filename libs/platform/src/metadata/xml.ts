/** A piece of well-formed XML. */
export type Element = string;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => escapes[character] ?? '');

/** An element with its attributes and what stands in it; values are escaped, names are the caller's own. */
export const element = (
  name: string,
  attributes: Readonly<Record<string, string>>,
  content: readonly Element[] = [],
): Element => {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const start = `<${name}${written.join('')}`;
  return content.length === 0 ? `${start}/>` : `${start}>${content.join('')}</${name}>`;
};
