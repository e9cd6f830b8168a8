import 'reflect-metadata';
import { requests } from '@pim/requests/service';
import { assignments } from '@pim/assignments/service';
import { readEnv } from '@pim/platform';
import { runService } from '@pim/wiring';

void runService(requests, () => readEnv(process.env, { port: 8081 }), { reads: [assignments] });
