/** Which endpoints may be asked, and how they know that we ask. */
export interface ExtensionSettings {
  /** `host` or `host:port`, as they stand in an address; nothing else is asked. */
  readonly hosts: readonly string[];
  /** Each signs every question: a new key is there before the old one goes. */
  readonly keys: readonly Buffer[];
  /** Whether plain http to 127.0.0.1 is taken for an endpoint on this machine. */
  readonly allowsLocalHttp: boolean;
}

const hostOf = (entry: string): string | null => {
  const address = `https://${entry}`;
  // No pattern: whoever writes one would believe that it matches.
  if (entry.includes('*') || !URL.canParse(address)) return null;
  const { host, href } = new URL(address);
  return host !== '' && href === `https://${host}/` ? host : null;
};

/** The hosts of a list `host,host:port`; null when one of them is none. A port that is not named is 443. */
export const hostsIn = (text: string): readonly string[] | null => {
  const hosts = text.split(',').map((entry) => hostOf(entry.trim()));
  return hosts.every((host) => host !== null) ? hosts : null;
};

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Bytes; what Standard Webhooks asks of a key. */
const keyLength = { least: 24, most: 64 };

const keyIn = (line: string): Buffer | null => {
  const text = line.replace(/^whsec_/, '');
  const key = Buffer.from(text, 'base64');
  return base64.test(text) && key.length >= keyLength.least && key.length <= keyLength.most ? key : null;
};

/** The keys of a file, one a line, `whsec_` in front of them or not; null when it holds none or something else. */
export const keysIn = (text: string): readonly Buffer[] | null => {
  const keys = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(keyIn);
  return keys.length > 0 && keys.every((key) => key !== null) ? keys : null;
};
