/** A JSON object of which nothing is known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** True for `{…}`; false for null, lists and everything else. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an object says it is, without OData's `#`; null when it says nothing, or no text. */
export const typeOf = (json: JsonObject): string | null => {
  const type = json['@odata.type'];
  return typeof type === 'string' ? type.replace(/^#/, '') : null;
};

/** The member of an enum that a client means, in whatever case it wrote it (reference §0.3). */
export const memberOf = <T extends string>(members: readonly T[], value: unknown): T | undefined =>
  typeof value === 'string' ? members.find((member) => member.toLowerCase() === value.toLowerCase()) : undefined;

/** Whether something was sent at all: OData clients send null and mean "nothing". */
export const isGiven = (value: unknown): boolean => value !== undefined && value !== null;
