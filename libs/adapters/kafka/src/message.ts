/** Header values as they arrive: bytes, or several under one name. */
export type Headers = Readonly<Record<string, Buffer | string | (Buffer | string)[] | undefined>>;

/** A message on its way to a topic. A null value is a tombstone, of which compacted topics alone may have any. */
export interface OutgoingMessage {
  readonly key: string;
  readonly value: Buffer | string | null;
  readonly headers: Headers;
}

/** What of a message that arrived matters here. Anybody with access to the topic may have written it. */
export interface ReceivedMessage {
  readonly value: Buffer | null;
  readonly headers?: Headers | undefined;
}

/** A header as text; undefined when it is absent or there twice. */
export const headerOf = ({ headers }: ReceivedMessage, name: string): string | undefined => {
  const value = headers?.[name];
  return value === undefined || Array.isArray(value) ? undefined : value.toString();
};
