import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

/** Seconds: a read model answers within a few milliseconds, and a call waits for its outcome at most two seconds. */
const httpBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const latenessBuckets = [0.01, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 3_600];

/** What happens is counted here; what holds (lag, sizes) is asked for when somebody wants to know. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly refreshers: (() => Promise<void>)[] = [];
  private asking: Promise<string> | null = null;

  readonly httpRequests = new Histogram({
    name: 'openpim_http_request_duration_seconds',
    help: 'From the arrival of a request until its answer was sent. The route is the pattern, "none" where there is none.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: httpBuckets,
    registers: [this.registry],
  });
  readonly outcomes = new Counter({
    name: 'openpim_request_outcomes_total',
    help: 'Schedule requests that came to an end, or were refused: by kind (assignment, eligibility) and status.',
    labelNames: ['kind', 'status'] as const,
    registers: [this.registry],
  });
  readonly lateness = new Histogram({
    name: 'openpim_expiry_lateness_seconds',
    help: 'From the instant of a deadline (an end, a start, a reminder) until what it asks for was recorded.',
    labelNames: ['deadline'] as const,
    buckets: latenessBuckets,
    registers: [this.registry],
  });
  readonly handled = new Counter({
    name: 'openpim_events_handled_total',
    help: 'Tries of a reaction to handle an event: by consumer group, and whether it succeeded.',
    labelNames: ['group', 'outcome'] as const,
    registers: [this.registry],
  });

  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
  }

  /** The process's own: memory, CPU, event loop, garbage collection. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: 50 });
  }

  /** What to ask before each answer; must not throw. */
  refreshBy(refresh: (registry: Registry) => () => Promise<void>): void {
    this.refreshers.push(refresh(this.registry));
  }

  /** In Prometheus' text format. Whoever asks while somebody else does gets the same answer. */
  text(): Promise<string> {
    this.asking ??= this.ask().finally(() => (this.asking = null));
    return this.asking;
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  private async ask(): Promise<string> {
    await Promise.all(this.refreshers.map((refresh) => refresh()));
    return this.registry.metrics();
  }
}
