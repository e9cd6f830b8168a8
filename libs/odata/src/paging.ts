import type { Position } from './ast';
import { badRequest } from './refusal';

/** Catches a token that was cut, typed or edited. It is no signature: a token grants nothing but a place to go on. */
export const checksum = (text: string): string => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
};

const toBase64Url = (text: string): string => {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
};

const fromBase64Url = (text: string): string => {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(binary, (char) => char.charCodeAt(0)));
};

/** Characters; what is longer would not come back, because no option is that long. */
const longest = 8192;

/**
 * A page's end as an opaque token of `A-Z a-z 0-9 - _`. Throws a Rejection for values too long for a link: one that is
 * refused when it is followed would end the list without a word.
 */
export const skipTokenOf = (position: Position): string => {
  const text = JSON.stringify(position);
  const token = toBase64Url(`${checksum(text)}.${text}`);
  if (token.length > longest) throw badRequest('This $orderby makes links too long to follow; order by shorter texts.');
  return token;
};

/** Whatever stands behind the sum. That the sum is right shows when the token is made again. */
const positionIn = (token: string): unknown => {
  const text = fromBase64Url(token);
  return JSON.parse(text.slice(text.indexOf('.') + 1));
};

const isScalar = (value: unknown): boolean => value === null || ['string', 'number', 'boolean'].includes(typeof value);

const isPosition = (value: unknown): value is Position => Array.isArray(value) && value.every(isScalar);

/** A token that is none, or of another list or order: going on behind it would skip or repeat. */
export const foreignToken = (): Error =>
  badRequest('The $skiptoken is not one this list gave out; follow @odata.nextLink as it is.');

/** The position in a token of ours; anything else is answered 400. */
export const parseSkipToken = (token: string): Position => {
  if (!/^[\w-]{1,8192}$/.test(token)) throw foreignToken();
  try {
    const position = positionIn(token);
    if (isPosition(position) && skipTokenOf(position) === token) return position;
  } catch {
    // Broken base64, UTF-8 or JSON: not ours either.
  }
  throw foreignToken();
};

const decoded = (name: string): string => name.replace(/%24/g, '$').toLowerCase();

const isPlace = (option: string): boolean => {
  const [name = ''] = option.split('=', 1);
  return ['$skip', '$skiptoken', 'skip', 'skiptoken'].includes(decoded(name));
};

/** `@odata.nextLink`: the request's own absolute URL, its query as the client wrote it, going on behind `token`. */
export const nextLink = (url: string, token: string): string => {
  const [address = ''] = url.split('#', 1);
  const mark = address.indexOf('?');
  const path = mark < 0 ? address : address.slice(0, mark);
  const options = mark < 0 ? [] : address.slice(mark + 1).split('&');
  const kept = options.filter((option) => option !== '' && !isPlace(option));
  return `${path}?${[...kept, `$skiptoken=${token}`].join('&')}`;
};
