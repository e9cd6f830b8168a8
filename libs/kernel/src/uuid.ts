/** What a UUID looks like, for a pattern that holds one: lower case, or any with the flag `i`. */
export const uuidPattern = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/** A UUID and nothing else, in any case. */
export const uuid = new RegExp(`^${uuidPattern}$`, 'i');
