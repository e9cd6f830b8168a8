import type { Authentication, Instant } from '@pim/contracts';
import type { JWTPayload } from 'jose';
import type { Caller } from './caller';
import { Unauthenticated } from './errors';

/** Texts in a claim: an array, or one text separated by blanks or commas; anything else is nothing. */
const words = (claim: unknown): readonly string[] => {
  if (typeof claim === 'string') return claim.split(/[\s,]+/).filter((word) => word !== '');
  return Array.isArray(claim) ? claim.filter((word): word is string => typeof word === 'string') : [];
};

const text = (claim: unknown): string | null => (typeof claim === 'string' && claim !== '' ? claim : null);

const lastSecond = Date.parse('9999-12-31T23:59:59Z') / 1000;

const instant = (seconds: unknown): Instant | null =>
  typeof seconds === 'number' && seconds >= 0 && seconds <= lastSecond ? new Date(seconds * 1000).toISOString() : null;

const authenticationOf = (payload: JWTPayload): Authentication => ({
  amr: words(payload.amr),
  acr: text(payload.acr),
  acrs: words(payload.acrs),
  authTime: instant(payload.auth_time),
});

/** `system:` names OpenPIM itself in the log: no token may claim it. */
const objectId = /^(?!system:)[\w.|@:-]{1,128}$/;

const idOf = (payload: JWTPayload, subjectClaim: 'sub' | undefined): string => {
  const id = payload.oid ?? (subjectClaim && payload[subjectClaim]);
  if (typeof id === 'string' && objectId.test(id)) return id;
  throw new Unauthenticated('The access token does not say whose it is: it needs the claim "oid" with an object id.');
};

/**
 * An application's own token says so (`idtyp`), or it has application permissions, no scope, and the application as
 * both subject and object. Anything else speaks for a user: a stray `roles` claim in a user's token must not turn it
 * into an application, which would need no directory role.
 */
const kindOf = (payload: JWTPayload): Caller['kind'] => {
  if (payload.idtyp !== undefined) return payload.idtyp === 'app' ? 'application' : 'user';
  const isApplication = payload.scp === undefined && Array.isArray(payload.roles) && payload.oid !== undefined;
  return isApplication && payload.oid === payload.sub ? 'application' : 'user';
};

/** The caller a verified token stands for. Throws `Unauthenticated` when it does not name one. */
export const callerFrom = (payload: JWTPayload, subjectClaim?: 'sub'): Caller => {
  const kind = kindOf(payload);
  return {
    id: idOf(payload, subjectClaim),
    kind,
    appId: text(payload.azp) ?? text(payload.appid) ?? text(payload.client_id),
    scopes: kind === 'user' ? words(payload.scp) : [],
    appRoles: kind === 'application' ? words(payload.roles) : [],
    authentication: authenticationOf(payload),
  };
};
