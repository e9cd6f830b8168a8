import { fold, Rejection, type Decider, type DomainCommand, type DomainEvent } from '../index';

/** given(events).when(command).then(events) | .thenNothing() | .thenRejected(code) */
export const specFor = <S, C extends DomainCommand, E extends DomainEvent>(decider: Decider<S, C, E>) => ({
  given: (...history: E[]) => ({
    when: (command: C) => {
      const run = () => decider.decide(command, fold(decider, history));
      return {
        /** Exactly these events, and silence when the same command comes again. */
        then: (...expected: E[]) => {
          const events = run();
          expect(events).toEqual(expected);
          expect(decider.decide(command, fold(decider, [...history, ...events]))).toEqual([]);
        },
        thenNothing: () => expect(run()).toEqual([]),
        thenRejected: (code: string) => {
          let rejected: unknown = null;
          try {
            run();
          } catch (error) {
            rejected = error;
          }
          expect(rejected).toBeInstanceOf(Rejection);
          expect((rejected as Rejection).code).toBe(code);
        },
      };
    },
  }),
});
