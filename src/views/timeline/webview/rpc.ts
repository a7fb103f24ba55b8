/**
 * Questions to the host. Every request gets one answer; `latest` drops the answers that a newer question of the same kind has
 * overtaken (they end as `Superseded`, which callers let pass in silence).
 */

import type { HostMethods, ToHost, ToWebview } from '../protocol.js';

export class HostError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** A newer question has made this one pointless. */
export class Superseded extends Error {}

type Argument<M extends keyof HostMethods> = Parameters<HostMethods[M]>[0];
type Answer<M extends keyof HostMethods> = ReturnType<HostMethods[M]>;

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

export class HostClient {
  #seq = 0;
  readonly #pending = new Map<number, Pending>();
  readonly #latest = new Map<string, number>();

  constructor(private readonly send: (message: ToHost) => void) {}

  ask<M extends keyof HostMethods>(method: M, argument: Argument<M>): Promise<Answer<M>> {
    return this.#request(++this.#seq, method, argument);
  }

  /** As `ask`, but of all requests with one `purpose` only the newest is answered. */
  async latest<M extends keyof HostMethods>(purpose: string, method: M, argument: Argument<M>): Promise<Answer<M>> {
    const seq = ++this.#seq;
    this.#latest.set(purpose, seq);
    const answer = await this.#request<M>(seq, method, argument);
    if (this.#latest.get(purpose) !== seq) throw new Superseded();
    return answer;
  }

  /** Forgets what was asked for a purpose: its answer will not be used. */
  cancel(purpose: string): void {
    this.#latest.delete(purpose);
  }

  /** Another trace is shown: answers about the former one are of no use. */
  reset(): void {
    for (const pending of this.#pending.values()) pending.reject(new Superseded());
    this.#pending.clear();
    this.#latest.clear();
  }

  receive(message: Extract<ToWebview, { type: 'response' }>): void {
    const pending = this.#pending.get(message.seq);
    if (!pending) return;
    this.#pending.delete(message.seq);
    if ('ok' in message.result) pending.resolve(message.result.ok);
    else pending.reject(new HostError(message.result.err.code, message.result.err.message));
  }

  #request<M extends keyof HostMethods>(seq: number, method: M, argument: Argument<M>): Promise<Answer<M>> {
    return new Promise((resolve, reject) => {
      this.#pending.set(seq, { resolve: value => resolve(value as Answer<M>), reject });
      this.send({ type: 'request', seq, method, argument });
    });
  }
}
