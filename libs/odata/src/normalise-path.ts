const open = /\(|%28/i;
const close = /(?:\)|%29)$/i;
/** One quoted text: quotes plain or encoded, a quote inside it doubled. */
const quoted = /^(?:'|%27)((?:[^'%]|%(?!27)|(?:'|%27)(?:'|%27))+)(?:'|%27)$/;
const doubledQuote = /(?:'|%27)(?:'|%27)/g;
const on = /^on(?:=|%3d)/i;
const named = /^id(?:=|%3d)(?='|%27)/i;
/** Another key than the id, by its name: `servicePrincipals(appId='…')`. */
const alternate = /^(appId|roleTemplateId)(?:=|%3d)(?='|%27)/i;
const currentUser = 'filterByCurrentUser';

/** The text between the parentheses at a segment's end, or null when it is no call. */
const callOf = (segment: string): { name: string; argument: string } | null => {
  const closing = close.exec(segment);
  const opening = open.exec(segment);
  if (!closing || !opening || opening.index === 0 || closing.index < opening.index) return null;
  const argument = segment.slice(opening.index + opening[0].length, closing.index);
  return { name: segment.slice(0, opening.index).replace(/^microsoft\.graph\./i, ''), argument };
};

const unquoted = (argument: string): string | null => {
  const text = quoted.exec(argument)?.[1];
  if (text !== undefined) return text.replace(doubledQuote, "'");
  return argument === '' || /['(),]|%2[789c]/i.test(argument) ? null : argument;
};

/** `appId='x'` as `appId=x`; null when it is no such key. */
const alternateKey = (argument: string): string | null => {
  const key = alternate.exec(argument);
  const value = key && unquoted(argument.slice(key[0].length));
  return key && value !== null ? `${key[1]}=${value}` : null;
};

const plainSegment = (segment: string): string => {
  const call = callOf(segment);
  if (!call) return segment.replace(/^%24(?=[a-z]+$)/i, '$');
  const argument = call.argument.replace(/%20/g, '');
  if (call.name.toLowerCase() === currentUser.toLowerCase()) {
    const value = on.test(argument) ? unquoted(argument.replace(on, '')) : null;
    return value === null ? segment : `${currentUser}/${value}`;
  }
  const id = alternateKey(argument) ?? unquoted(call.argument.replace(named, ''));
  return id === null ? segment : `${call.name}/${id}`;
};

const withoutTrailingSlash = (path: string): string => {
  let end = path.length;
  while (end > 1 && path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
};

const isWellFormed = (path: string): boolean => {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
};

/**
 * OData's URL forms as plain paths a router understands (reference §0.4, §9): `/set('id')` and `/set(id)` become
 * `/set/id`, `/set(appId='x')` becomes `/set/appId=x`, `filterByCurrentUser(on='principal')` becomes `/filterByCurrentUser/principal`, encoded or not, qualified
 * or not; `%24metadata` becomes `$metadata`; a trailing slash goes. Ids keep their case and encoding, the query string stays untouched. What is none of
 * these, or is not well-formed, comes back as it was. Never throws.
 */
export const normalisePath = (rawUrl: string): string => {
  const mark = rawUrl.indexOf('?');
  const path = mark < 0 ? rawUrl : rawUrl.slice(0, mark);
  if (!isWellFormed(path)) return rawUrl;
  const plain = path.split('/').map(plainSegment).join('/');
  return withoutTrailingSlash(plain) + (mark < 0 ? '' : rawUrl.slice(mark));
};
