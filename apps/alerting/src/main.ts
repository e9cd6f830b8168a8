import 'reflect-metadata';
import { alerting } from '@pim/alerting/service';
import { readEnv } from '@pim/platform';
import { runService } from '@pim/wiring';

void runService(alerting, () => readEnv(process.env, { port: 8084 }));
