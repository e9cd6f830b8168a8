import type { Person } from './people';

/** A stage as an administrator asks for it. */
export interface StageSetting {
  /** `manager`: the manager of whoever asks. */
  readonly approvers: readonly (Person | 'manager')[];
  readonly required: number;
  readonly days: number;
  /** null: it never escalates. */
  readonly escalation: { readonly minutes: number; readonly approvers: readonly Person[] } | null;
  /** 0: nobody is reminded. */
  readonly remindMinutes: number;
}

/** The approval rule of the role. */
export interface Setting {
  readonly isOn: boolean;
  readonly stages: readonly StageSetting[];
}

/** From when, and for how long, in minutes; null: now, for good. */
interface Times {
  readonly starts: number | null;
  readonly lasts: number | null;
}

/**
 * One thing that happens next. `pick` chooses among what there is then, so that any part of a history is a history as
 * well: what is of no use any more does nothing.
 */
export type Move =
  | ({ readonly do: 'assign'; readonly who: Person } & Times)
  | { readonly do: 'remove'; readonly who: Person }
  /** `sees`: whether it is known that another request waits. */
  | ({
      readonly do: 'activate';
      readonly who: Person;
      readonly by: Person | null;
      readonly sees: boolean;
      /** Whether it says until when, and not for how long. */
      readonly until: boolean;
    } & Times)
  | { readonly do: 'deactivate'; readonly who: Person }
  | { readonly do: 'cancel'; readonly pick: number; readonly by: Person | null }
  | { readonly do: 'read'; readonly pick: number; readonly by: Person }
  | {
      readonly do: 'answer';
      readonly pick: number;
      /** null: one of those who could bring it further. */
      readonly by: Person | null;
      readonly says: 'Approve' | 'Deny';
      /** 0: the one that is asked. */
      readonly stage: number;
      /** Which digest it carries. */
      readonly shows: 'nothing' | 'now' | 'what was read';
      /** For how many minutes at the most; null: as it was asked. */
      readonly atMost: number | null;
      readonly reason: string;
    }
  | {
      readonly do: 'delegate';
      readonly pick: number;
      /** null: one of those who are asked. */
      readonly from: Person | null;
      readonly to: Person;
      readonly starts: number;
      readonly lasts: number;
    }
  | { readonly do: 'take back'; readonly pick: number; readonly from: Person }
  | { readonly do: 'set'; readonly by: Person; readonly setting: Setting }
  | { readonly do: 'limit'; readonly by: Person; readonly hours: number }
  /** On: another one who is off, when this one is on. */
  | { readonly do: 'switch'; readonly who: Person; readonly on: boolean }
  | { readonly do: 'wait'; readonly minutes: number }
  /** To the next moment for which something waits, or to just before it. */
  | { readonly do: 'wait for'; readonly ms: number }
  | { readonly do: 'work'; readonly pick: number; readonly steps: number }
  | { readonly do: 'settle'; readonly pick: number }
  | { readonly do: 'again'; readonly pick: number; readonly events: number };

/** A move of one sort. */
export type MoveOf<D extends Move['do']> = Extract<Move, { do: D }>;
