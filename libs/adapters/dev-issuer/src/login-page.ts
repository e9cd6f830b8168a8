import { CONTEXTS } from './contexts';
import type { DemoUser } from './tenant';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');

const option = (value: string, label: string, selected: boolean): string =>
  `<option value="${escaped(value)}"${selected ? ' selected' : ''}>${escaped(label)}</option>`;

/** What the client would like: preselected, never forced. */
export interface LoginHints {
  readonly user: string | undefined;
  readonly context: string | undefined;
}

const style =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:4rem auto;padding:0 1rem}' +
  'label,select,button{display:block;margin:.5rem 0}select,button{font:inherit;padding:.4rem;width:100%}';

/** The sign-in page: pick a person and how they proved who they are. No password; this issuer is for development. */
export const loginPage = (users: readonly DemoUser[], hints: LoginHints): string => {
  const people = users.map(({ id, displayName, userPrincipalName }) =>
    option(id, `${displayName} (${userPrincipalName})`, [id, userPrincipalName].includes(hints.user ?? '')),
  );
  const contexts = CONTEXTS.map((context) => option(context, context, context === hints.context));
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>OpenPIM development sign-in</title><style>${style}</style></head>
<body><main><h1>Sign in</h1><p>Development issuer: anyone can be anyone.</p>
<form method="post">
<label for="user">Who</label><select id="user" name="user" required>${people.join('')}</select>
<label><input type="checkbox" name="mfa" value="yes"> with second factor</label>
<label for="acrs">Authentication context</label>
<select id="acrs" name="acrs">${option('', 'none', false)}${contexts.join('')}</select>
<button type="submit">Sign in</button>
</form></main></body></html>
`;
};
