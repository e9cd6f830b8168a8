// A custom extension for roles that want a ticket: node docs/examples/ticket-check.mjs
// Lets an activation pass to its approvers when its ticket is one of TICKETS and is the person's own, "INC-1=<object id>,…",
// and without approvers when the ticket's number begins with SEV1. A real one would ask the ticket system.
// OPENPIM_EXTENSION_KEY_FILE holds the key that OpenPIM signs with; PORT (8090) and HOST (127.0.0.1) say where to listen. Put TLS
// in front of it: OpenPIM asks https addresses of hosts that its OPENPIM_EXTENSION_HOSTS names.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const { OPENPIM_EXTENSION_KEY_FILE, TICKETS = '', PORT = '8090', HOST = '127.0.0.1' } = process.env;
const [firstLine = ''] = readFileSync(OPENPIM_EXTENSION_KEY_FILE, 'utf8').trim().split('\n');
const key = Buffer.from(firstLine.replace(/^whsec_/, ''), 'base64');
const holders = new Map(TICKETS.split(',').map((entry) => entry.split('=')));

/** Seconds that a question may be old; a copy of one that somebody kept is worth nothing after that. */
const tolerance = 5 * 60;

const same = (one, other) => one.length === other.length && timingSafeEqual(one, other);

/** Whether OpenPIM sent this: one of the signatures, of `id.timestamp.body`, was made with our key. */
const isSigned = (headers, body) => {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures = '' } = headers;
  if (!(Math.abs(Date.now() / 1_000 - Number(timestamp)) <= tolerance)) return false;
  const ours = Buffer.from(`v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`);
  return signatures.split(' ').some((theirs) => same(Buffer.from(theirs), ours));
};

const judge = ({ principalId, ticketInfo: { ticketNumber } }) => {
  if (!ticketNumber) return { evaluationOutcome: 'Denied', reason: 'Name a ticket.' };
  if (holders.get(ticketNumber) !== principalId)
    return { evaluationOutcome: 'Denied', reason: `${ticketNumber} is no open ticket of yours.` };
  const evaluationOutcome = ticketNumber.startsWith('SEV1') ? 'AutoApproved' : 'Approved';
  return { evaluationOutcome, reason: `${ticketNumber} is open.` };
};

const answer = (response, status, body) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request.setEncoding('utf8'))
    if ((body += chunk).length > 65_536) return answer(response, 413, { error: 'too long' });
  if (!isSigned(request.headers, body)) return answer(response, 401, { error: 'not signed by OpenPIM, or too old' });
  // The same webhook-id comes again when an answer got lost: judging twice does no harm here.
  answer(response, 200, judge(JSON.parse(body)));
});

server.listen(Number(PORT), HOST, () => console.log(`ticket-check listens on http://${HOST}:${server.address().port}`));
