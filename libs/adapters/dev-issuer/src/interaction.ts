import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import { methodsOf } from './access-token';
import { contextsIn } from './contexts';
import { loginPage } from './login-page';
import type { DemoUser } from './tenant';

/** Bytes. */
const maxForm = 4096;

/** An oversized form reads as an empty one. */
const formOf = async (request: IncomingMessage): Promise<URLSearchParams> => {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += String(chunk);
    if (text.length > maxForm) return new URLSearchParams();
  }
  return new URLSearchParams(text);
};

const answer = (response: ServerResponse, status: number, html: string): void => {
  response
    .writeHead(status, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      'Cache-Control': 'no-store',
    })
    .end(html);
};

/** Shows the sign-in page, or takes its form and lets the authorization go on. Throws when there is no sign-in under way. */
export const interact = async (
  provider: Provider,
  users: readonly DemoUser[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const { prompt, params } = await provider.interactionDetails(request, response);
  if (prompt.name === 'consent') return provider.interactionFinished(request, response, { consent: {} });
  const page = loginPage(users, { user: params.login_hint, context: contextsIn(params.acr_values)[0] });
  if (request.method !== 'POST') return answer(response, 200, page);
  const form = await formOf(request);
  const user = users.find(({ id }) => id === form.get('user'));
  if (!user) return answer(response, 400, page);
  // The provider remembers one class per session: here, the authentication context that was proved.
  const [acr] = contextsIn(form.get('acrs') ?? undefined);
  const login = { accountId: user.id, amr: methodsOf(form.get('mfa') === 'yes'), ...(acr ? { acr } : {}) };
  return provider.interactionFinished(request, response, { login });
};
