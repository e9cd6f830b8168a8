/** How somebody signs in: MFA and every scope unless it says otherwise. */
export interface SignIn {
  readonly mfa?: boolean;
  readonly acrs?: string[];
  readonly scopes?: string[];
  readonly expiresIn?: number;
}

/**
 * One request. Names in braces stand for ids: people, groups and roles of the demo tenant by their names, `{tenant}`,
 * `{nowhere}` (nothing has this id), and whatever an earlier row kept.
 */
export interface Ask {
  /** `GET roleManagement/…`: without a leading slash the path is under `/v1.0`. */
  readonly ask: string;
  /** A demo user, `automation` (the application) or `nobody` (no token); `ada` when it does not matter. */
  readonly as?: string;
  readonly signIn?: SignIn;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Minutes that pass before it is sent. */
  readonly later?: number;
  /** Names for parts of the answer, as paths into it: `{ request: 'id', first: 'value.0.id' }`. */
  readonly keep?: Readonly<Record<string, string>>;
}

/** What the answer has to be; what is not named is not asked about. */
export interface Answer {
  readonly status: number;
  /** Behind `$metadata` in `@odata.context`. */
  readonly context?: string;
  /** Type of the entity: exactly its properties, of the right types, enums in the right case. */
  readonly is?: string;
  /** The same of every entity in `value`. */
  readonly each?: string;
  /** Navigations that are there beside the properties. */
  readonly expands?: readonly string[];
  /** Properties of the schema that are not there. */
  readonly lacks?: readonly string[];
  /** Exactly the properties of the entity, or of each one in `value`. */
  readonly only?: readonly string[];
  /** Members the body has, at the least. */
  readonly body?: object;
  /** How many entities there are, or what each has, in this order. */
  readonly value?: number | readonly object[];
  /** `error.code`, and something `error.message` says. */
  readonly code?: string;
  readonly says?: string;
  readonly headers?: Readonly<Record<string, string | RegExp>>;
  /** The whole of an answer that is not JSON. */
  readonly text?: RegExp;
}

/** One endpoint or one documented behaviour, how it is asked about, and what comes back. */
export interface Row extends Ask {
  /** Of the reference: `1.3`, `0.2`. */
  readonly section: string;
  /** What is documented, as a sentence that goes on from the request. */
  readonly says: string;
  /** What has to have happened before; each of these succeeds. */
  readonly given?: readonly Ask[];
  readonly answer: Answer;
  /** What is different from what is documented, and why. */
  readonly differs?: string;
  /** It is not there: the answer is the refusal that says so. */
  readonly missing?: string;
}

/** Rows that are asked of one server, one after the other. */
export interface Chapter {
  readonly title: string;
  /** Requests to the audit log that one caller has in ten seconds; as many as they like when it is absent. */
  readonly auditLimit?: number;
  readonly rows: readonly Row[];
}
