export * from './event-store';
export * from './event-store-checks';
export * from './bus';
export * from './documents';
export * from './runtime';
export * from './state-topics';
export * from './leases';
export { checkFilter, checkQuery } from './documents-filter';
export { copyOf, isPlain, isScalar, memberOf, type Scalar } from './documents-json';
