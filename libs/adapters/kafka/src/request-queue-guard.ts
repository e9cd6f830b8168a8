/** What of kafkajs' `RequestQueue` the guard needs to know. */
export interface RequestQueue {
  readonly pending: readonly unknown[];
  /** Milliseconds since 1970; -1 when no broker has asked us to slow down. */
  readonly throttledUntil: number;
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  scheduleCheckPendingRequests(): void;
}

/**
 * Tames kafkajs 2.2.4's idle loop (tulios/kafkajs#1751): its request queue sets a timer with a negative delay after every
 * look, which Node runs after 1 ms, for ever, on every connection. With this a look that finds nothing waiting, and no
 * throttling to wait out, sets no timer: the next request or answer looks again. Throws when the method is not there.
 */
export const tameRequestQueue = (queue: { readonly prototype: RequestQueue }): void => {
  const original: unknown = queue.prototype.scheduleCheckPendingRequests;
  if (typeof original !== 'function')
    throw new Error(
      'kafkajs has no scheduleCheckPendingRequests any more: see whether its idle loop is gone, and drop this guard.',
    );
  queue.prototype.scheduleCheckPendingRequests = function guarded(this: RequestQueue): void {
    if (this.pending.length > 0 || this.throttledUntil > Date.now()) original.call(this);
  };
};
