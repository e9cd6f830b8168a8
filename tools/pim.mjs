#!/usr/bin/env node
// npx pim token …: prints an access token of the development issuer for a demo user or application.
// npx pim rebuild …: has a running server fold a read model anew.
// npx pim parked, npx pim replay …: shows what consumers could not handle, and has it tried again.
// npx pim policy …: roles, role settings and eligibilities as a file.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { listParked, replay } from './parked.mjs';
import { listReadModels, rebuild } from './rebuild.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const usage = `npx pim token <user> [--mfa] [--acrs c1] [--scope "A B"] [--expires-in <seconds>]
npx pim token --app <application> [--expires-in <seconds>]
npx pim rebuild [<read-model>]
npx pim parked
npx pim replay --all | [--group <consumer>] [--event <event-id>]
npx pim policy export | apply …   (npx pim policy --help)

  --mfa         as after a second factor
  --acrs        authentication contexts satisfied, separated by commas
  --scope       delegated scopes, separated by blanks; without it, all of them
  --expires-in  seconds until it ends, 3600 without it; negative for one that has ended

  rebuild       folds a read model anew while the old one answers; without a name, lists them
  parked        lists the events that a consumer could not handle, with the reason
  replay        has them tried once more, after the cause is gone: all, those of one consumer, or one event

These three send $OPENPIM_TOKEN, or in development mode a token of their own.

The token goes with the server whose data folder is $OPENPIM_DATA (.data) at $OPENPIM_URL (http://127.0.0.1:$PORT, 8080).`;

const options = {
  mfa: { type: 'boolean' },
  acrs: { type: 'string' },
  scope: { type: 'string' },
  app: { type: 'string' },
  'expires-in': { type: 'string' },
  all: { type: 'boolean' },
  group: { type: 'string' },
  event: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
};

/** `--expires-in -60` would read as two options. */
const joinNegative = (args) => {
  const at = args.indexOf('--expires-in');
  return at < 0 || at + 1 >= args.length ? args : args.toSpliced(at, 2, `--expires-in=${args[at + 1]}`);
};

/** All, or what was named: nothing is chosen by saying nothing. */
const choiceOf = ({ all = false, group, event }) => {
  if (all === (group !== undefined || event !== undefined))
    throw new Error(`Say what to replay: --all, or --group and --event.\n${usage}`);
  return { group, event };
};

const tokenRequestOf = (values, user) => {
  if ((user === undefined) === (values.app === undefined)) throw new Error(`Name a user or an application.\n${usage}`);
  const expiresIn = Number(values['expires-in'] ?? 3600);
  if (!Number.isInteger(expiresIn)) throw new Error('--expires-in takes a whole number of seconds.');
  return { ...values, user, expiresIn };
};

const words = (text, separator) => text?.split(separator).filter((word) => word !== '');

const tokenFor = ({ app, user, mfa, acrs, scope, expiresIn }) => {
  const lifetime = { expiresIn, now: new Date().toISOString() };
  if (app !== undefined) return { app, ...lifetime };
  return { user, mfa, acrs: words(acrs, /[\s,]+/), scopes: words(scope, /\s+/), ...lifetime };
};

/** Compiled code, built once when there is none. */
const load = async (path) => {
  const file = join(root, 'dist', path);
  if (!existsSync(file)) await (await import('./build.mjs')).build();
  return createRequire(import.meta.url)(file);
};

const server = (process.env.OPENPIM_URL ?? `http://127.0.0.1:${process.env.PORT ?? 8080}`).replace(/\/+$/, '');

/** The development issuer of the server, from the keys in its data folder. */
const developmentIssuer = async () => {
  const { createDevIssuer } = await load('libs/adapters/dev-issuer/src/index.js');
  const { delegatedScopes } = await load('libs/platform/src/auth/permission-table.js');
  const tenant = JSON.parse(await readFile(join(root, 'data/demo-tenant.json'), 'utf8'));
  return createDevIssuer({
    folder: process.env.OPENPIM_DATA ?? join(root, '.data'),
    issuer: `${server}/idp`,
    users: tenant.users,
    applications: tenant.servicePrincipals,
    scopes: delegatedScopes(),
  });
};

/** A token for an administrator's call: the caller's own, or in development mode one of the demo tenant. */
const administration = (demo = { app: 'automation' }) => {
  const own = process.env.OPENPIM_TOKEN;
  if (own) return async () => own;
  const issuer = developmentIssuer();
  return async () => (await issuer).mintToken(tokenFor({ ...demo, expiresIn: 600 }));
};

/** Reads files: loaded only when it is asked for, because it needs packages. */
const policy = async (args) => {
  const { policyCommand } = await import('./policy/command.mjs');
  await policyCommand({ server, token: administration({ user: 'ada', mfa: true }) }, args);
};

/** What each command does with its options and the word behind it. */
const commands = {
  token: async (values, user) => {
    const wanted = tokenFor(tokenRequestOf(values, user));
    console.log(await (await developmentIssuer()).mintToken(wanted));
  },
  rebuild: (_, readModel) => {
    const access = { server, token: administration() };
    return readModel ? rebuild(access, readModel) : listReadModels(access);
  },
  parked: () => listParked({ server, token: administration() }),
  replay: (values) => {
    const choice = choiceOf(values);
    return replay({ server, token: administration() }, choice);
  },
};

const main = async () => {
  const [first, ...others] = process.argv.slice(2);
  if (first === 'policy') return policy(others);
  const { values, positionals } = parseArgs({
    args: joinNegative(process.argv.slice(2)),
    options,
    allowPositionals: true,
  });
  const [command, argument, ...rest] = positionals;
  const isKnown = Object.hasOwn(commands, command ?? '');
  if (values.help || !isKnown || rest.length > 0) throw new Error(usage);
  await commands[command](values, argument);
};

try {
  await main();
} catch (error) {
  // The only packages this file itself needs are the ones that `npm start` installs.
  const isBare = error.code === 'ERR_MODULE_NOT_FOUND';
  console.error(isBare ? 'Packages are not installed yet. Run "npm start" once first.' : error.message);
  process.exit(1);
}
