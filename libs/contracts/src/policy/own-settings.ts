/** An endpoint that is asked before somebody activates; OpenPIM's own setting beside the 17 rules (reference §1.15). */
export interface CustomExtension {
  /** Its address: https, without anything secret in it, because everybody may read role settings. */
  readonly endpoint: string;
  /** How long one try may take. */
  readonly timeoutSeconds: number;
  /** Whether it is asked. */
  readonly isEnabled: boolean;
}

/** Who may activate without an approval when there is an emergency; OpenPIM's own setting beside the 17 rules. */
export interface EmergencyAccess {
  /** Object ids of users, in the order of the ids. */
  readonly people: readonly string[];
}
