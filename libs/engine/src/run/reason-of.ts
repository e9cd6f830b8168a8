/** Characters of a reason; longer ones are cut. */
const longestReason = 500;

/** Why something failed, in a few words: the message, never the stack. Whatever was thrown, this does not throw. */
export const reasonOf = (thrown: unknown): string => {
  try {
    return textOf(thrown).slice(0, longestReason);
  } catch {
    return 'an object that cannot be shown was thrown';
  }
};

/** By shape, not by class: an error may come from another realm. */
const textOf = (thrown: unknown): string => {
  if (typeof thrown !== 'object' || thrown === null) return String(thrown);
  const { message, name } = thrown as { readonly message?: unknown; readonly name?: unknown };
  if (typeof message === 'string' && message !== '') return message;
  return typeof name === 'string' && name !== '' ? name : String(thrown);
};
