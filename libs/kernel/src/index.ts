export type { DomainCommand, DomainEvent, EventOf } from './messages';
export { fold, type Decider, type View } from './decider';
export { Rejection, type RejectionKind } from './rejection';
export { unreachable } from './unreachable';
export { durationEquals, parseDuration } from './duration';
export { later, parseInstant, toInstant } from './instant';
export { canonicalJson, type Json } from './canonical';
export { PersistentMap } from './persistent-map';
export { uuid, uuidPattern } from './uuid';
