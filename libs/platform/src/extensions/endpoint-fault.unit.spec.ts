import { endpointFault } from './endpoint-fault';

const settings = { hosts: ['tickets.contoso.example'], keys: [], allowsLocalHttp: false };

describe('the endpoint of a custom extension', () => {
  it('is an address of a host that is named', () =>
    expect(endpointFault('https://tickets.contoso.example/check/now', settings)).toBeNull());

  it.each([
    'https://tickets.contoso.example/che\tck',
    'https://tickets.contoso.example/check\r\n',
    '\nhttps://tickets.contoso.example/check',
    ' https://tickets.contoso.example/check',
    'https://tickets.contoso.example/check now',
    'https://tickets.contoso.example/check\u0000',
    'https://tickets.contoso.example/check\u0085',
  ])('has no blanks and control characters, which reading it would hide: %j', (endpoint) =>
    expect(endpointFault(endpoint, settings)).toContain('must be an address such as'),
  );
});
