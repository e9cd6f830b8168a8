// The architecture, as data: which room may import which. README.md shows this table; tools/fences proves each line bites.
const contexts = ['requests', 'approvals', 'assignments', 'alerting', 'audit'];
const vendors = ['kafkajs', 'mongodb', '@eventstore/*', 'libsql', 'mingo', 'oidc-provider', '@opentelemetry/*'];
const words = ['type:kernel', 'type:contracts'];
const from = (sourceTag, onlyDependOnLibsWithTags, rest = {}) => ({ sourceTag, onlyDependOnLibsWithTags, ...rest });

// assignments/domain is scope:shared: it is the guard, and whoever must forecast its answer asks the same function (ADR 0006).
export const depConstraints = [
  from('type:kernel', [], { allowedExternalImports: [] }),
  from('type:contracts', words, { allowedExternalImports: [] }),
  from('type:domain', words, { allowedExternalImports: [] }),
  from('type:odata', ['type:kernel'], { allowedExternalImports: [] }),
  from('type:engine', words, { allowedExternalImports: [] }),
  from('type:adapter', [...words, 'type:engine'], { bannedExternalImports: ['@nestjs/*'] }),
  from('type:platform', [...words, 'type:domain', 'type:engine', 'type:odata'], { bannedExternalImports: vendors }),
  from('type:service', [...words, 'type:domain', 'type:engine', 'type:odata', 'type:platform'], {
    bannedExternalImports: vendors,
  }),
  // Stand-ins for servers: tests and tools use them, nothing that is shipped does.
  from('type:tool', [...words, 'type:engine', 'type:adapter'], { bannedExternalImports: ['@nestjs/*'] }),
  from('type:wiring', [...words, 'type:engine', 'type:adapter', 'type:platform'], { bannedExternalImports: vendors }),
  from('type:app', ['type:service', 'type:adapter', 'type:platform', 'type:wiring']),
  from('scope:shared', ['scope:shared']),
  ...contexts.map((name) => from(`scope:${name}`, [`scope:${name}`, 'scope:shared'])),
];

/** An adapter's specs may use the stand-in for its server, an app's the deciders it composes. */
const ofSpecs = { 'type:adapter': ['type:tool'], 'type:app': [...words, 'type:domain', 'type:engine'] };

/** For specs: whatever only tests need, such as fast-check. */
export const specConstraints = depConstraints.map(({ allowedExternalImports: _, ...rest }) => ({
  ...rest,
  onlyDependOnLibsWithTags: [...rest.onlyDependOnLibsWithTags, ...(ofSpecs[rest.sourceTag] ?? [])],
}));

/** Rooms without I/O, clock and chance. */
export const pure = [
  'libs/kernel/src/**/*.ts',
  'libs/contracts/src/**/*.ts',
  'libs/odata/src/**/*.ts',
  'libs/*/domain/src/**/*.ts',
];
