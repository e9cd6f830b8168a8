import 'reflect-metadata';
import { approvals } from '@pim/approvals/service';
import { assignments } from '@pim/assignments/service';
import { readEnv } from '@pim/platform';
import { requests } from '@pim/requests/service';
import { runService } from '@pim/wiring';

void runService(approvals, () => readEnv(process.env, { port: 8082 }), { reads: [requests, assignments] });
