import 'reflect-metadata';
import { alerting } from '@pim/alerting/service';
import { approvals } from '@pim/approvals/service';
import { assignments } from '@pim/assignments/service';
import { audit } from '@pim/audit/service';
import { readEnv } from '@pim/platform';
import { requests } from '@pim/requests/service';
import { runService } from '@pim/wiring';

// The front leads here whatever no other service has a path for: also `$metadata` and `/openapi.json`, about all of them.
const elsewhere = [requests, approvals, alerting, audit];

void runService(assignments, () => readEnv(process.env, { port: 8083 }), { elsewhere });
