import { acrsChallenge, provesContext, provesMfa } from './mfa';

const signedIn = { amr: ['pwd'], acr: null, acrs: ['c1'], authTime: null };

describe('a second factor', () => {
  it.each(['mfa', 'ngcmfa'])('is proved by %s', (method) =>
    expect(provesMfa({ ...signedIn, amr: ['pwd', method] })).toBe(true),
  );

  it.each([[[]], [['pwd']], [['otp', 'pwd']], [['MFA-later']]])('is not proved by %j', (amr) =>
    expect(provesMfa({ ...signedIn, amr })).toBe(false),
  );
});

describe('an authentication context', () => {
  it('is proved by the token that carries it, and no other', () => {
    expect(provesContext(signedIn, 'c1')).toBe(true);
    expect(provesContext(signedIn, 'c')).toBe(false);
    expect(provesContext({ ...signedIn, acrs: ['c11'] }, 'c1')).toBe(false);
  });

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
