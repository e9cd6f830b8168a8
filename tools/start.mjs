// npm start: installs and builds what is missing, then runs the all-in-one.
import { join } from 'node:path';
import { installIfMissing, root, withProgress } from './install.mjs';

try {
  await installIfMissing();
  const { build } = await import('./build.mjs');
  await withProgress('Building', build);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
process.env.OPENPIM_MODE ??= 'development';
await import(join(root, 'dist/apps/all-in-one/src/main.js'));
