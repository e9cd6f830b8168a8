import 'reflect-metadata';
import { approvals } from '@pim/approvals/service';
import { readEnv } from '@pim/platform';
import { runService } from '@pim/wiring';

void runService(approvals, () => readEnv(process.env, { port: 8082 }));
