// Calls of a running server's own API, for `npx pim rebuild`, `npx pim parked` and `npx pim replay`.

/** One call to `/openpim/v1`; throws what the server has against it. */
export const call = async ({ server, token }, method, path) => {
  const answer = await fetch(`${server}/openpim/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${await token()}` },
  }).catch(() => {
    throw new Error(`No server answers at ${server}. Start it, or set OPENPIM_URL.`);
  });
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) return body;
  throw new Error(`${answer.status} ${body.detail ?? body.error?.message ?? ''}`);
};
