import 'reflect-metadata';
import { assignments } from '@pim/assignments/service';
import { readEnv } from '@pim/platform';
import { runService } from '@pim/wiring';

void runService(assignments, () => readEnv(process.env, { port: 8083 }));
