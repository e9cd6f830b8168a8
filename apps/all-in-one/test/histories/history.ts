import { expectRebuildToEqual, expectSoundLog, readLog } from '../support/log';
import { TestServer, type Answer } from '../support/server';
import { isInUnit, told, type Action } from './action';
import { aimed } from './aim';
import { auditFaults, type AuditRecord } from './audit-faults';
import { Effects } from './effects';
import { logFaults } from './log-faults';
import { Model, type Hold } from './model';
import { holdOf, sorted } from './printed';
import { Sender } from './sender';
import { Verdicts, type Verdict } from './verdicts';

const directory = 'roleManagement/directory';

/** One tenant that lives through a history, and the model that lives through the same. */
export class History {
  /** How often each action was answered how. */
  readonly counts = new Map<string, number>();
  private readonly attempts = { accepted: 0, refused: 0 };
  private readonly trail: string[] = [];
  private readonly verdicts: Verdicts;
  private readonly effects: Effects;
  private readonly sender: Sender;

  private constructor(
    private readonly server: TestServer,
    private readonly model: Model,
  ) {
    this.verdicts = new Verdicts(model);
    this.effects = new Effects(model, this.verdicts);
    this.sender = new Sender(server, model);
  }

  static async begin(): Promise<History> {
    const server = await TestServer.start();
    const history = new History(server, new Model(Date.parse(server.clock.now()), new Set(['grace', 'heidi'])));
    history.model.holds = await history.printed();
    for (const one of ['unit', 'desk'] as const) await history.step({ do: one, there: true });
    return history;
  }

  end(): Promise<void> {
    return this.server.stop();
  }

  /** Does one thing to both, and compares them. */
  async step(next: Action): Promise<void> {
    const action = aimed(this.model, next);
    const expected = this.expected(action);
    const answer = await this.sender.perform(action);
    const answered = codeOf(action, answer);
    this.trail.push(`${this.server.clock.now()} ${told(action)}: ${answered}`);
    this.count(`${action.do} ${answered}`);
    if (answered === nothing) return;
    this.compare([answered], [expected]);
    // What cannot be done any more is decided all the same. A refusal that changed something shows at the next step.
    if (answered !== 'ok' && action.do !== 'decide') return this.refused(action, answered);
    this.effects.follow(action, answer);
    if (answer && isRequest(action)) this.attempts.accepted += 1;
    this.compare(sorted(await this.printed()), sorted(this.model.holds));
  }

  /** What must be true of the log and the read models after all of it. */
  async expectSound(): Promise<void> {
    await this.server.running.runtime.settled();
    const log = await readLog(this.server.ports.eventStore);
    expectSoundLog(log);
    const records = await this.server.running.documents.find<AuditRecord>('audit.directoryAudits', { filter: {} });
    this.compare([...logFaults(log), ...auditFaults(log, records, this.attempts)], []);
    await expectRebuildToEqual(this.server);
  }

  /** Whoever is switched off cannot sign in; nothing to pick is nothing to do. */
  private expected(action: Action): Verdict {
    const actor = actorOf(action, this.model);
    if (actor !== null && this.model.off.has(actor)) return 'InvalidAuthenticationToken';
    const verdict = this.verdicts.of[action.do] as (asked: Action) => Verdict;
    return verdict(action);
  }

  /** What everybody holds, as the API tells it. */
  private async printed(): Promise<readonly Hold[]> {
    const sets = ['roleEligibilitySchedules?$top=999', 'roleAssignmentSchedules?$top=999&$expand=activatedUsing'];
    const pages = await Promise.all(sets.map((set) => this.sender.send('ada', 'GET', `${directory}/${set}`)));
    return pages.flatMap(({ body }) => body.value ?? []).map(holdOf);
  }

  private refused(action: Action, code: Verdict): void {
    if (isJudged(action, code, this.model)) this.attempts.refused += 1;
  }

  private count(kind: string): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
  }

  private compare(actual: readonly unknown[], expected: readonly unknown[]): void {
    if (JSON.stringify(actual) === JSON.stringify(expected)) return;
    const story = this.trail.slice(-60).join('\n');
    const missing = expected.filter((one) => !actual.includes(one)).join('\n  ');
    const extra = actual.filter((one) => !expected.includes(one)).join('\n  ');
    throw new Error(`${story}\nexpected, not there:\n  ${missing}\nthere, not expected:\n  ${extra}`);
  }
}

/** There was nothing that the action could have been about. */
const nothing = 'nothing';

const codeOf = ({ do: action }: Action, answer: Answer | null): Verdict => {
  if (answer === null) return action === 'wait' ? 'ok' : nothing;
  return answer.status < 400 ? 'ok' : (answer.body.error?.code ?? String(answer.status));
};

const unjudged = new Set(['SubjectNotFound', 'RoleNotFound', 'InvalidAuthenticationToken']);

/** What is malformed, or about nobody and nothing, is not on record. */
const isJudged = (action: Action, code: Verdict, { unit }: Model): boolean => {
  if (!isRequest(action) || unjudged.has(code)) return false;
  const isEmpty = 'lasts' in action && action.lasts === 0;
  return !isEmpty && !('place' in action && isInUnit(action.place) && unit === null);
};

const isRequest = ({ do: action }: Action): boolean => /^(admin|self)/.test(action);

/** Whose token the action is done with, when that person can be switched off. */
const actorOf = (action: Action, model: Model): string | null => {
  if (action.do.startsWith('self') && 'who' in action) return action.who;
  const isAnswer = action.do === 'approve' || action.do === 'narrow';
  return isAnswer && model.picked(action.pick, 'approver') && action.by === 'bob' ? 'bob' : null;
};
