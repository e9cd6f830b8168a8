/** Signed tokens, whole or cut off: three parts in base64url, of which the first is a JSON object. */
const token = /eyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g;

const bearer = /\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi;

/** User and password in an address: `mongodb://user:password@host`. */
const login = /(:\/\/)[^\s/@"]+@/g;

const hidden = '[hidden]';

/**
 * What takes secrets out of a finished line. Nothing here logs a token on purpose; this is for errors of others that quote
 * what they were given. `secrets`: what is known to be one, such as passwords from files.
 */
export const createRedaction = (secrets: readonly string[]): ((line: string) => string) => {
  // As they look within a JSON text.
  const known = secrets.filter((secret) => secret !== '').map((secret) => JSON.stringify(secret).slice(1, -1));
  return (line) =>
    known
      .reduce((text, secret) => text.replaceAll(secret, hidden), line)
      .replace(token, hidden)
      .replace(bearer, `$1 ${hidden}`)
      .replace(login, `$1${hidden}@`);
};
