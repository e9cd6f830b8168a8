import { noLimits, type Limits } from './throttle/throttle';

/** What an installation decides about how it is called. */
export interface HttpRules {
  readonly limits: Limits;
  /** Whether a POST sent again under its `client-request-id` is the same call. */
  readonly isIdempotent: boolean;
}

/** What holds where nothing else is said. */
export const openHttp: HttpRules = { limits: noLimits, isIdempotent: true };
