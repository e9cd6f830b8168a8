import { noLimits, Throttle, type Limits } from './throttle';

const audits = '/v1.0/auditLogs/directoryAudits';

const throttled = (limits: Partial<Limits>) => {
  let now = '2026-03-02T08:00:00.000Z';
  const throttle = new Throttle({ ...noLimits, ...limits }, { now: () => now });
  return { throttle, at: (instant: string) => void (now = instant) };
};

const times = (n: number, call: () => void): number => {
  let passed = 0;
  for (let i = 0; i < n; i++)
    try {
      call();
      passed += 1;
    } catch (error) {
      expect(error).toMatchObject({ status: 429, code: 'TooManyRequests', headers: { 'Retry-After': '5' } });
    }
  return passed;
};

describe('the throttle', () => {
  it('counts each caller apart, and lets them go on with time', () => {
    const { throttle, at } = throttled({ caller: 2 });
    expect(times(3, () => throttle.countCall('erin', '/v1.0/me'))).toBe(2);
    expect(times(3, () => throttle.countCall('frank', '/v1.0/me'))).toBe(2);
    at('2026-03-02T08:00:05.000Z');
    expect(times(2, () => throttle.countCall('erin', '/v1.0/me'))).toBe(1);
  });

  it('counts the tenant as a whole, and in it only what callers were allowed', () => {
    const { throttle } = throttled({ caller: 1, tenant: 2 });
    const { throttle: wide } = throttled({ tenant: 2 });
    expect(() => throttle.countCall('erin', '/v1.0/me')).not.toThrow();
    expect(() => throttle.countCall('erin', '/v1.0/me')).toThrow();
    expect(() => throttle.countCall('frank', '/v1.0/me')).not.toThrow();
    expect(() => throttle.countCall('alice', '/v1.0/me')).toThrow();
    let n = 0;
    expect(times(3, () => wide.countCall(`caller ${n++}`, '/v1.0/me'))).toBe(2);
  });

  it('counts the audit log apart', () => {
    const { throttle } = throttled({ audit: 2 });
    expect(times(3, () => throttle.countCall('sam', audits))).toBe(2);
    expect(times(9, () => throttle.countCall('sam', '/v1.0/me'))).toBe(9);
  });

  it('counts strangers by their address', () => {
    const { throttle } = throttled({ address: 2 });
    expect(times(3, () => throttle.countStranger('10.0.0.1'))).toBe(2);
    expect(times(3, () => throttle.countStranger('10.0.0.2'))).toBe(2);
    expect(times(9, () => throttle.countCall('sam', '/v1.0/me'))).toBe(9);
  });

  it('has no limit where there is none', () => {
    const { throttle } = throttled({});
    expect(times(50, () => throttle.countCall('sam', audits))).toBe(50);
    expect(times(50, () => throttle.countStranger('10.0.0.1'))).toBe(50);
  });

  it('remembers ten thousand and no more', () => {
    const { throttle } = throttled({ address: 2 });
    expect(times(3, () => throttle.countStranger('first'))).toBe(2);
    for (let n = 0; n < 10_000; n++) throttle.countStranger(`address ${n}`);
    expect(times(3, () => throttle.countStranger('first'))).toBe(2);
  });
});
