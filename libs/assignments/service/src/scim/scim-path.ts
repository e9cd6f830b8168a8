import { scimFault, urn } from './scim-json';

/** An attribute: in an extension or not, whole or one of its parts (RFC 7644 §3.10). */
export interface AttributePath {
  /** The extension's URN; null for the core schema. */
  readonly extension: string | null;
  readonly name: string;
  readonly sub: string | null;
}

const extensions = [urn.enterprise];
const core = [urn.user, urn.group];

/** Of the extension, and found without its name, too: Entra ID asks for it like that. */
const plain = 'manager';

const attribute = /^([a-z$][\w$-]{0,63})(?:\.([a-z$][\w$-]{0,63}))?$/i;

const startsWith = (text: string, prefix: string): boolean => text.toLowerCase().startsWith(prefix.toLowerCase());

const within = (text: string): { readonly extension: string | null; readonly rest: string } => {
  const extension = extensions.find((one) => startsWith(text, one));
  const known = extension ?? core.find((one) => startsWith(text, one));
  if (known === undefined) return { extension: null, rest: text };
  return { extension: extension ?? null, rest: text.slice(known.length).replace(/^[:.]/, '') };
};

/** Reads `userName`, `name.givenName` or `urn:…:User:department`. Throws `invalidPath`. */
export const readPath = (text: string): AttributePath => {
  const { extension, rest } = within(text.trim());
  // The extension itself, as a whole.
  if (extension !== null && rest === '') return { extension: null, name: extension, sub: null };
  const [, first, sub = null] = attribute.exec(rest) ?? [];
  if (first === undefined) throw scimFault('invalidPath', `'${text.slice(0, 100)}' is no attribute.`);
  return { extension: first.toLowerCase() === plain ? urn.enterprise : extension, name: first, sub };
};
