// Calls of a deployment's API, for `npx pim policy`.

/** Nothing here takes longer: a request's outcome is waited for by the server for a few seconds. */
const timeoutMs = 60_000;

/** How many calls wait for an answer at once. */
const atOnce = 8;

const textOf = (status, body) => {
  const code = body?.error?.code ?? body?.title ?? '';
  const message = body?.error?.message ?? body?.detail ?? '';
  return `${status} ${code}: ${message}`;
};

/** What the server has against a call. */
export class Refused extends Error {
  constructor(status, body) {
    super(textOf(status, body));
    this.status = status;
  }
}

/** `path?$filter=…&$top=…`, encoded. */
export const asking = (path, options) => {
  const pairs = Object.entries(options).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${path}?${pairs.join('&')}`;
};

/** Maps in order, some at a time. */
export const mapAtOnce = async (items, work) => {
  const results = [];
  for (let from = 0; from < items.length; from += atOnce)
    results.push(...(await Promise.all(items.slice(from, from + atOnce).map(work))));
  return results;
};

/**
 * The API at an address: `send` one call (a path without a leading slash is Graph's v1.0), `list` every entity of a
 * collection. Throws `Refused` for what the server refuses.
 */
export const graphAt = ({ server, token }) => {
  const send = async (method, path, body) => {
    const answer = await fetch(`${server}${path.startsWith('/') ? path : `/v1.0/${path}`}`, {
      method,
      headers: {
        authorization: `Bearer ${await token()}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      signal: AbortSignal.timeout(timeoutMs),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((error) => {
      throw new Error(`No answer from ${server} (${error.message}). Start the server, or set OPENPIM_URL.`);
    });
    const text = await answer.text();
    const parsed = readJson(text);
    if (!answer.ok) throw new Refused(answer.status, parsed);
    return parsed;
  };
  const list = async (path) => {
    const entities = [];
    for (let next = path; next;) {
      const page = await send('GET', next);
      entities.push(...page.value);
      const link = page['@odata.nextLink'];
      // The same server as the page, however it names itself in its links.
      next = link && new URL(link).pathname + new URL(link).search;
    }
    return entities;
  };
  return { send, list };
};

const readJson = (text) => {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return null;
  }
};
