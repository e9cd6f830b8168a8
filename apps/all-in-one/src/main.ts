import 'reflect-metadata';
import { readEnv, runApp } from '@pim/platform';
import { compose } from './compose';
import { greeting } from './greeting';

void runApp({
  env: () => readEnv(process.env, { port: 8080 }),
  compose,
  greet: greeting,
});
