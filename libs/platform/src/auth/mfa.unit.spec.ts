import { acrsChallenge } from './mfa';

describe('an authentication context', () => {
  it('is asked for in the words of reference §5.4', () =>
    expect(acrsChallenge('c1').claims).toBe(
      '&claims=%7B%22access_token%22%3A%7B%22acrs%22%3A%7B%22essential%22%3Atrue%2C%22value%22%3A%22c1%22%7D%7D%7D',
    ));

  it('is asked for in both header forms', () => {
    const { wwwAuthenticate } = acrsChallenge('c1');
    const claims = /^Bearer error="insufficient_claims", claims="([^"]+)"/.exec(wwwAuthenticate)?.[1] ?? '';
    expect(JSON.parse(Buffer.from(claims, 'base64').toString())).toEqual({
      access_token: { acrs: { essential: true, value: 'c1' } },
    });
    expect(wwwAuthenticate).toContain('Bearer error="insufficient_user_authentication", acr_values="c1"');
  });
});
