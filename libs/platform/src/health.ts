/** Milliseconds: no request is answered meanwhile, and none is that slow by itself. */
const loopBudgetMs = 5_000;

/** Seconds. Calls wait for read models, two seconds at most; a lag this long does not go away by waiting. */
const lagBudgetSeconds = 30;

/** What readiness is judged by. */
export interface ReadyFacts {
  /** What the loops say: shutting down, a consumer that is down. */
  readonly reasons: readonly string[];
  readonly takesWrites: boolean;
  /** null: it cannot be told. */
  readonly lagSeconds: number | null;
}

/** Why the process should be started anew; empty when it should not. */
export const whyNotLive = (loopLagMs: number): readonly string[] =>
  loopLagMs > loopBudgetMs ? [`the event loop is ${Math.round(loopLagMs)} ms late`] : [];

const whyBehind = (seconds: number | null): readonly string[] => {
  if (seconds === null) return ['the event store cannot be read'];
  return seconds > lagBudgetSeconds ? [`read models are ${Math.round(seconds)} s behind the log`] : [];
};

/** Why the process should get no traffic; empty when it should. */
export const whyNotReady = ({ reasons, takesWrites, lagSeconds }: ReadyFacts): readonly string[] => [
  ...reasons,
  ...(takesWrites ? [] : ['the event store takes no writes']),
  ...whyBehind(lagSeconds),
];
