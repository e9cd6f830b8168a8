// npx pim policy …: roles, role settings and eligibilities of any deployment, as a file.
import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { applyPlan } from './apply.mjs';
import { exportPolicy } from './export.mjs';
import { printPolicy, readPolicy } from './file.mjs';
import { planFor } from './plan.mjs';
import { tenantAt } from './tenant.mjs';

const usage = `npx pim policy export [--out <file>] [--all]
npx pim policy apply <file> [--yes] [--dry-run] [--prune]

  export      prints custom roles, settings that differ from the defaults, and eligibilities, as YAML
  --out       writes it to a file
  --all       every rule of every role

  apply       shows what the file would change, asks, and changes it; what the file does not name stays as it is
  --yes       does not ask
  --dry-run   only shows it
  --prune     takes away eligibilities that the file does not name

Sends $OPENPIM_TOKEN to $OPENPIM_URL (http://127.0.0.1:$PORT, 8080), or in development mode a token of ada's.`;

const options = {
  out: { type: 'string' },
  all: { type: 'boolean' },
  yes: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  prune: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
};

const exportTo = async (access, { out, all }) => {
  const text = printPolicy(await exportPolicy(await tenantAt(access), { all }));
  if (out === undefined) return process.stdout.write(text);
  await writeFile(out, text);
  console.log(`Written to ${out}.`);
};

const apply = async (access, path, { yes, prune = false, 'dry-run': dryRun }) => {
  const policy = await readPolicy(path);
  if (prune && policy.eligibilities === undefined)
    throw new Error(
      `${path} says nothing of eligibilities, and --prune would take all of them away. Write "eligibilities: []" if that is meant.`,
    );
  const tenant = await tenantAt(access);
  const changes = await planFor(policy, tenant, { prune, now: Date.now(), reason: basename(path) });
  await applyPlan(changes, { yes, dryRun });
};

/** `access`: the deployment's address, and a token for each call. */
export const policyCommand = async (access, args) => {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [command, path, ...rest] = positionals;
  if (!values.help && command === 'export' && path === undefined) return exportTo(access, values);
  if (!values.help && command === 'apply' && path !== undefined && rest.length === 0)
    return apply(access, path, values);
  throw new Error(usage);
};
