export * from './event-store';
export * from './documents';
export * from './bus';
export * from './runtime';
export * from './leases';
export * from './ports';
