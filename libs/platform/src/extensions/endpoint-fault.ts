import type { ExtensionSettings } from './extension-settings';

const isLocal = ({ protocol, hostname }: URL): boolean => protocol === 'http:' && hostname === '127.0.0.1';

/** Everybody may read role settings: an address keeps nothing secret. */
const revealsSecrets = ({ username, password, search, hash }: URL): boolean =>
  [username, password, search, hash].some((part) => part !== '');

/** Without blanks and control characters: reading an address drops them, and what is shown would not be what is called. */
const isAddress = (endpoint: string): boolean => URL.canParse(endpoint) && !/[\s\p{Cc}]/u.test(endpoint);

/**
 * Why an endpoint is not asked here, as a sentence; null: it is. Who may change role settings must not be able to make this
 * process call anything it can reach: whoever runs the process names the hosts.
 */
export const endpointFault = (endpoint: string, settings: ExtensionSettings | null): string | null => {
  if (!settings)
    return 'custom extensions are off here; OPENPIM_EXTENSION_HOSTS and OPENPIM_EXTENSION_KEY_FILE switch them on.';
  if (!isAddress(endpoint))
    return 'customExtension.endpoint must be an address such as https://tickets.example.com/check.';
  const url = new URL(endpoint);
  if (url.protocol !== 'https:' && !(settings.allowsLocalHttp && isLocal(url)))
    return 'customExtension.endpoint must begin with https://.';
  if (revealsSecrets(url))
    return 'customExtension.endpoint may have no user name, query or fragment: everybody can read it. The signature says who asks.';
  if (!settings.hosts.includes(url.host))
    return `customExtension.endpoint: ${url.host.slice(0, 200)} is not one of OPENPIM_EXTENSION_HOSTS.`;
  return null;
};
