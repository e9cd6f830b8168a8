import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { approvalStream, requestStream } from '@pim/contracts';
import type { EventStore, Subscription } from '@pim/engine';
import { EVENT_STORE } from './tokens';

/** How long a call waits for what it set in motion, in milliseconds; then it answers with the state reached so far. */
const patienceMs = 2_000;

/** Between two looks at what no single event tells, in milliseconds. */
const pauseMs = 10;

/** Events after which nothing more happens by itself: only a person or the clock moves the request on. */
const outcomes = new Set([
  'ApprovalOpened',
  'RequestProvisioned',
  'RequestGranted',
  'RequestRevoked',
  'RequestFailed',
  'RequestDenied',
  'ExtensionDenied',
  'ExtensionDecisionRefused',
  'RequestCanceled',
]);

/** Where what is waited for is told; `either`: whether somebody has to approve is not known yet. */
const watched = {
  outcome: [requestStream],
  approval: [approvalStream],
  either: [requestStream, approvalStream],
} as const;

/** Lets a call wait for how a request goes on, by watching the request's own streams. */
@Injectable()
export class Outcomes implements OnApplicationBootstrap, OnModuleDestroy {
  /** By stream; several calls may wait for the same request. */
  private readonly waiting = new Map<string, Set<() => void>>();
  private subscription: Subscription | null = null;

  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  async onApplicationBootstrap(): Promise<void> {
    const after = await this.store.head();
    const categories = [requestStream.category, approvalStream.category];
    this.subscription = await this.store.subscribe({ after, categories }, async (event) => {
      if (outcomes.has(event.type)) this.waiting.get(event.stream)?.forEach((resolve) => resolve());
    });
  }

  async onModuleDestroy(): Promise<void> {
    await this.subscription?.stop();
  }

  /**
   * Runs the work and, when it recorded something, waits for the request's outcome, or for its approval to be open, or
   * until patience ends. `leadsOn`: whether what was recorded leads to an outcome at all.
   */
  async after<T extends { readonly events: readonly unknown[] }>(
    work: () => Promise<T>,
    id: string,
    { what, leadsOn = () => true }: { what: keyof typeof watched; leadsOn?: (result: T) => boolean },
  ): Promise<T> {
    const streams = watched[what].map(({ category }) => `${category}-${id}`);
    let release: () => void = () => undefined;
    const settled = new Promise<void>((resolve) => (release = resolve));
    const timer = setTimeout(release, patienceMs);
    // Before the work: its outcome may come before the work itself is answered.
    streams.forEach((stream) => this.enter(stream, release));
    try {
      const result = await work();
      if (result.events.length > 0 && leadsOn(result)) await settled;
      return result;
    } finally {
      clearTimeout(timer);
      streams.forEach((stream) => this.leave(stream, release));
    }
  }

  /** Looks again and again until it is so, whoever makes it so; false when patience ended first. */
  async until(isSo: () => Promise<boolean>): Promise<boolean> {
    const late = AbortSignal.timeout(patienceMs);
    while (!(await isSo())) {
      if (late.aborted) return false;
      await pause(pauseMs);
    }
    return true;
  }

  private enter(stream: string, release: () => void): void {
    this.waiting.set(stream, (this.waiting.get(stream) ?? new Set()).add(release));
  }

  private leave(stream: string, release: () => void): void {
    const others = this.waiting.get(stream);
    others?.delete(release);
    if (others?.size === 0) this.waiting.delete(stream);
  }
}
