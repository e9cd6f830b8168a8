/** What may follow the `?`; the client knows more, but some of it has no effect and some of it breaks a promise of ours. */
const options = new Set([
  'tls',
  'tlscafile',
  'usercertfile',
  'userkeyfile',
  'connectionname',
  'maxdiscoverattempts',
  'discoveryinterval',
  'gossiptimeout',
  'keepaliveinterval',
  'keepalivetimeout',
]);

/** What goes wrong with a connection string, said without repeating it: it may hold a password. */
export class BadConnectionString extends Error {
  constructor(reason: string) {
    super(
      `The connection string of the event store cannot be used: ${reason} Write ` +
        'esdb://user:password@host:2113 for one node, esdb+discover://user:password@host:2113 for a cluster, ' +
        'and add ?tls=false only for a server that was started with --insecure.',
    );
    this.name = 'BadConnectionString';
  }
}

/**
 * Refuses what the client would warn about or pass over in silence, such as a mistyped option for TLS: it would print
 * the whole string, password and all, and connect all the same. Throws `BadConnectionString`.
 */
export const checkConnectionString = (text: string): void => {
  if (!/^esdb(\+discover)?:\/\/[^?]+(\?|$)/.test(text)) throw new BadConnectionString('it names no host.');
  const query = text.includes('?') ? text.slice(text.indexOf('?') + 1) : '';
  for (const option of query.split('&').filter((part) => part !== '')) checkOption(option);
};

const checkOption = (option: string): void => {
  const [name = '', value = ''] = option.split('=');
  // The client does not tell these apart either: tlsCAFile, tls_ca_file, TLS-CA-FILE.
  if (!options.has(name.toLowerCase().replace(/[_-]/g, '')))
    throw new BadConnectionString(`the option "${name}" is not one it takes.`);
  if (value === '') throw new BadConnectionString(`the option "${name}" has no value.`);
};
