// Proves that each boundary bites: writes one trespass per rule, lints it, and expects a refusal.
import { ESLint } from 'eslint';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from '../install.mjs';

const trespasses = [
  [
    'domain → Nest',
    'libs/requests/domain/src',
    "import { Injectable } from '@nestjs/common';\nexport const x = Injectable;",
  ],
  [
    'domain → node built-in',
    'libs/requests/domain/src',
    "import { randomUUID } from 'node:crypto';\nexport const x = randomUUID;",
  ],
  [
    'domain → engine',
    'libs/requests/domain/src',
    "import { categoryOf } from '@pim/engine';\nexport const x = categoryOf;",
  ],
  [
    'domain → contracts at run time',
    'libs/requests/domain/src',
    "import { upcast } from '@pim/contracts';\nexport const x = upcast;",
  ],
  ['domain reads the clock', 'libs/requests/domain/src', 'export const x = () => new Date();'],
  ['domain reads the clock (now)', 'libs/requests/domain/src', 'export const x = () => Date.now();'],
  ['domain draws an id', 'libs/requests/domain/src', 'export const x = () => crypto.randomUUID();'],
  ['domain rolls dice', 'libs/requests/domain/src', 'export const x = () => Math.random();'],
  ['domain waits', 'libs/requests/domain/src', 'export const x = async () => 1;'],
  ['odata waits', 'libs/odata/src', 'export const x = async () => 1;'],
  ['odata → engine', 'libs/odata/src', "import { categoryOf } from '@pim/engine';\nexport const x = categoryOf;"],
  [
    'kernel → engine (type only)',
    'libs/kernel/src',
    "import type { EventStore } from '@pim/engine';\nexport type X = EventStore;",
  ],
  [
    'contracts → npm',
    'libs/contracts/src',
    "import { Injectable } from '@nestjs/common';\nexport const x = Injectable;",
  ],
  ['engine → Nest', 'libs/engine/src', "import { Injectable } from '@nestjs/common';\nexport const x = Injectable;"],
  ['engine → platform', 'libs/engine/src', "import { bootstrap } from '@pim/platform';\nexport const x = bootstrap;"],
  [
    'adapter → Nest',
    'libs/adapters/embedded/src',
    "import { Injectable } from '@nestjs/common';\nexport const x = Injectable;",
  ],
  [
    'adapter → another adapter',
    'libs/adapters/kafka/src',
    "import { embeddedBus } from '@pim/adapters/embedded';\nexport const x = embeddedBus;",
  ],
  [
    'kafkajs outside its one file',
    'libs/adapters/kafka/src',
    "import { Kafka } from 'kafkajs';\nexport const x = Kafka;",
  ],
  [
    'adapter → stand-in for a server',
    'libs/adapters/eventstore/src',
    "import { openDouble } from '@pim/eventstore-double';\nexport const x = openDouble;",
  ],
  [
    'adapter → client in a second file',
    'libs/adapters/eventstore/src',
    "import { START } from '@eventstore/db-client';\nexport const x = START;",
  ],
  [
    'app → stand-in for a server',
    'apps/all-in-one/src',
    "import { openDouble } from '@pim/eventstore-double';\nexport const x = openDouble;",
  ],
  [
    'platform → context',
    'libs/platform/src',
    "import { requests } from '@pim/requests/service';\nexport const x = requests;",
  ],
  ['platform → vendor', 'libs/platform/src', "import { Query } from 'mingo';\nexport const x = Query;"],
  [
    'service → adapter',
    'libs/requests/service/src',
    "import { embeddedBus } from '@pim/adapters/embedded';\nexport const x = embeddedBus;",
  ],
  ['service → vendor', 'libs/requests/service/src', "import Database from 'libsql';\nexport const x = Database;"],
  ['service → environment', 'libs/requests/service/src', "export const x = process.env['A'];"],
  [
    'context → context',
    'libs/requests/service/src',
    "import { approvals } from '@pim/approvals/service';\nexport const x = approvals;",
  ],
  [
    'context → another domain',
    'libs/requests/service/src',
    "import { approval } from '@pim/approvals/domain';\nexport const x = approval;",
  ],
  ['app → domain', 'apps/all-in-one/src', "import { request } from '@pim/requests/domain';\nexport const x = request;"],
  ['app → engine', 'apps/all-in-one/src', "import { categoryOf } from '@pim/engine';\nexport const x = categoryOf;"],
  [
    'wiring → service',
    'libs/wiring/src',
    "import { requests } from '@pim/requests/service';\nexport const x = requests;",
  ],
  ['wiring → vendor', 'libs/wiring/src', "import { Kafka } from 'kafkajs';\nexport const x = Kafka;"],
  [
    'relative import across projects',
    'libs/requests/service/src',
    "import { upcast } from '../../../contracts/src/contract';\nexport const x = upcast;",
  ],
  ['any', 'libs/requests/service/src', 'export const x = (value: any): unknown => value;'],
];

// The boundary rule reads a cached project graph and is silently off without one.
await run('npx', ['nx', 'graph', '--file=.nx/graph.json'], { quiet: true, env: { NX_DAEMON: 'false' } });
const eslint = new ESLint({ cwd: root });
const open = [];
const files = trespasses.map(([, folder], index) => join(root, folder, `trespass-${index}.ts`));
try {
  // All are written before any is linted: the parser lists a project's files once.
  trespasses.forEach(([, , code], index) => writeFileSync(files[index], code));
  for (const [index, [name]] of trespasses.entries()) {
    const [result] = await eslint.lintFiles([files[index]]);
    const rules = [...new Set(result.messages.filter((m) => m.ruleId).map((m) => m.ruleId))];
    if (rules.length === 0) open.push(name);
    console.log(`${rules.length ? 'fenced' : 'OPEN  '} ${name.padEnd(34)} ${rules.join(', ')}`);
  }
} finally {
  files.forEach((file) => rmSync(file, { force: true }));
}
console.log(`${trespasses.length - open.length} of ${trespasses.length} trespasses refused`);
process.exit(open.length ? 1 : 0);
