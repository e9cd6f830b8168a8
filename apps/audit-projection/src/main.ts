import 'reflect-metadata';
import { audit } from '@pim/audit/service';
import { readEnv } from '@pim/platform';
import { runService } from '@pim/wiring';

void runService(audit, () => readEnv(process.env, { port: 8085 }));
