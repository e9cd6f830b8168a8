import { BadConnectionString, checkConnectionString } from './connection-string';
import { eventStoreDb } from './event-store';

const thrownBy = (text: string): unknown => {
  try {
    eventStoreDb(text);
  } catch (error) {
    return error;
  }
  return null;
};

describe('a connection string', () => {
  it.each([
    'esdb://localhost:2113?tls=false',
    'esdb://admin:changeit@node.example:2113?tlsCAFile=/etc/ca.pem&keepAliveInterval=20000',
    'esdb+discover://admin:p%40ss@cluster.example:2113?tls_ca_file=ca.pem&max-discover-attempts=3',
    'esdb://a:2113,b:2113,c:2113/?maxDiscoverAttempts=5',
  ])('is taken: %s', (text) => expect(() => checkConnectionString(text)).not.toThrow());

  it.each([
    ['another protocol', 'https://admin:secret@localhost:2113'],
    ['no host', 'esdb://?tls=false'],
    ['an option mistyped', 'esdb://admin:secret@localhost:2113?tlsCaFlie=ca.pem'],
    ['an option without a value', 'esdb://admin:secret@localhost:2113?tls='],
    ['checks of certificates switched off', 'esdb://admin:secret@localhost:2113?tlsVerifyCert=false'],
    ['failures as answers', 'esdb://admin:secret@localhost:2113?throwOnAppendFailure=false'],
    ['reads from followers', 'esdb://admin:secret@localhost:2113?nodePreference=follower'],
    ['a port that is no number', 'esdb://admin:secret@localhost:port'],
    ['a certificate that is not there', 'esdb://admin:secret@localhost:2113?tlsCAFile=/nowhere/ca.pem'],
  ])('is refused for %s, without being repeated', (_, text) => {
    const error = thrownBy(text);
    expect(error).toBeInstanceOf(BadConnectionString);
    expect(JSON.stringify([String(error), (error as Error).cause ?? null])).not.toContain('secret');
  });
});
