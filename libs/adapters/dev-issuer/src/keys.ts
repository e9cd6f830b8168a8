import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JSONWebKeySet, type JWK } from 'jose';

/** What the issuer signs with. Kept in one file, so that tokens and sessions outlive a restart. */
export interface IssuerKeys {
  /** RSA 2048, private, with `kid`, `alg` and `use`. */
  readonly signing: JWK;
  /** Signs the cookies of the login page. */
  readonly cookieSecret: string;
}

const fileIn = (folder: string): string => join(folder, 'issuer-keys.json');

const generate = async (): Promise<IssuerKeys> => {
  const { privateKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
  const signing = { ...(await exportJWK(privateKey)), kid: randomUUID(), alg: 'RS256', use: 'sig' };
  return { signing, cookieSecret: randomBytes(32).toString('base64url') };
};

const hasCode = (error: unknown, code: string): boolean => (error as { code?: unknown } | null)?.code === code;

const isKeys = (value: unknown): value is IssuerKeys => {
  if (typeof value !== 'object' || value === null || !('signing' in value) || !('cookieSecret' in value)) return false;
  const { signing, cookieSecret } = value as { signing: Partial<JWK> | null; cookieSecret: unknown };
  return typeof cookieSecret === 'string' && typeof signing?.d === 'string' && typeof signing.kid === 'string';
};

const read = async (file: string): Promise<IssuerKeys | null> => {
  const broken = `${file} does not hold the issuer's keys. Delete it to get new ones; older tokens then stop working.`;
  try {
    const keys: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (isKeys(keys)) return keys;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new Error(broken);
};

/** Whole or not at all, readable by its owner only; when somebody else was first, their file stays. */
const writeOnce = async (file: string, keys: IssuerKeys): Promise<void> => {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(keys), { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, file);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft);
  }
};

/**
 * The keys of this data folder, made on the first call. Processes that start together end up with the same keys.
 * Throws when the file is there and holds something else.
 */
export const keysIn = async (folder: string): Promise<IssuerKeys> => {
  const file = fileIn(folder);
  const found = await read(file);
  if (found) return found;
  await mkdir(folder, { recursive: true });
  await writeOnce(file, await generate());
  return keysIn(folder);
};

/** What verifiers need, and nothing private. */
export const publicKeys = ({ signing }: IssuerKeys): JSONWebKeySet => {
  const { kty, n, e, kid, alg, use } = signing;
  return { keys: [{ kty, n, e, kid, alg, use } as JWK] };
};
