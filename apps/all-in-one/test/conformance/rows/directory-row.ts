import type { Row } from '../row';

/** A row about the directory: all of them are in section 1.13. */
export type Stated = Omit<Row, 'section'>;

/** The body that adds somebody to something. */
export const referTo = (id: string): object => ({
  '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}`,
});
