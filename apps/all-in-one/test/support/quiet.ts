/** Keeps lines off standard error while a test provokes them; `lines` are what would have been written. */
export const quietErrors = (): { readonly lines: readonly string[]; restore(): void } => {
  const lines: string[] = [];
  const spy = jest.spyOn(console, 'error').mockImplementation((...told: readonly unknown[]) => {
    lines.push(told.map(String).join(' '));
  });
  return { lines, restore: () => spy.mockRestore() };
};
