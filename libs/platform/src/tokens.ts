/** What contexts inject a port by. */
export const EVENT_STORE = Symbol('EventStore');
export const JOURNAL = Symbol('Journal');
export const DOCUMENTS = Symbol('Documents');
export const CLOCK = Symbol('Clock');
export const TENANT = Symbol('Tenant');
export const LOG = Symbol('Log');
