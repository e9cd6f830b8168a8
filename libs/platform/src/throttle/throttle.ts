import type { Clock } from '@pim/engine';
import { ApiError } from '../auth/errors';
import { take, type Bucket, type Limit } from './token-bucket';

/** Requests in ten seconds; 0: as many as come. */
export interface Limits {
  /** By one user or application. */
  readonly caller: number;
  /** By all of them. */
  readonly tenant: number;
  /** From one address, without a token that counts. */
  readonly address: number;
  /** To the audit log by one user or application. */
  readonly audit: number;
}

export const noLimits: Limits = { caller: 0, tenant: 0, address: 0, audit: 0 };

/** Seconds that the limits are about. */
const span = 10;

/** Buckets kept of each kind; the one used longest ago is forgotten first, which makes it a full one. */
const most = 10_000;

class Buckets {
  private readonly buckets = new Map<string, Bucket>();
  private readonly limit: Limit;

  constructor(requests: number) {
    this.limit = { burst: requests, perSecond: requests / span };
  }

  /** Throws 429 when there is nothing left for `key`. */
  take(key: string, now: number): void {
    if (this.limit.burst === 0) return;
    const { bucket, wait } = take(this.buckets.get(key) ?? null, this.limit, now);
    this.buckets.delete(key);
    this.buckets.set(key, bucket);
    if (this.buckets.size > most) this.buckets.delete(this.buckets.keys().next().value ?? key);
    if (wait > 0) throw tooMany(wait);
  }
}

const tooMany = (seconds: number): ApiError =>
  new ApiError(429, 'TooManyRequests', `Too many requests. Try again after ${seconds} s.`, {
    'Retry-After': String(seconds),
  });

const isAudit = (route: string): boolean => /^\/(?:v1\.0|beta)\/auditLogs\//.test(route);

/** Keeps callers within limits; what is over them is answered 429 with `Retry-After` (reference §5.2). */
export class Throttle {
  private readonly callers: Buckets;
  private readonly tenant: Buckets;
  private readonly addresses: Buckets;
  private readonly audits: Buckets;

  constructor(
    limits: Limits,
    private readonly clock: Pick<Clock, 'now'>,
  ) {
    this.callers = new Buckets(limits.caller);
    this.tenant = new Buckets(limits.tenant);
    this.addresses = new Buckets(limits.address);
    this.audits = new Buckets(limits.audit);
  }

  /** Counts a request to a route. One caller's excess takes nothing away from the tenant. */
  countCall(callerId: string, route: string): void {
    const now = this.now();
    if (isAudit(route)) this.audits.take(callerId, now);
    this.callers.take(callerId, now);
    this.tenant.take('', now);
  }

  /** Counts a request that nobody known has sent. */
  countStranger(address: string): void {
    this.addresses.take(address, this.now());
  }

  private now(): number {
    return Date.parse(this.clock.now());
  }
}
