import { parseArgs } from 'node:util';
import { openDouble } from './open';

const main = async (): Promise<void> => {
  const { values } = parseArgs({ options: { data: { type: 'string' }, port: { type: 'string', default: '0' } } });
  if (!values.data) throw new Error('Say where the events are kept: --data <folder>.');
  const double = await openDouble(values.data, Number(values.port));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void double.stop());
  // The one line that whoever starts this waits for.
  console.log(double.url);
};

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
