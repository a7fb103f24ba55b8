/**
 * Jobs for a fixed number of workers, in the order they were given.
 *
 * Invariant: every job is answered or rejected; after `close` no worker is left.
 */

import { Worker } from 'node:worker_threads';
import type { Answer, Job } from './fileWorker.js';

interface Waiting {
  job: Job;
  resolve(answer: Exclude<Answer, { error: unknown }>): void;
  reject(error: unknown): void;
}

export class WorkerPool {
  private readonly idle: Worker[] = [];
  private readonly workers: Worker[] = [];
  private readonly queue: Waiting[] = [];
  private readonly running = new Map<Worker, Waiting>();

  constructor(count: number) {
    for (let i = 0; i < count; i++) {
      const worker = new Worker(new URL('./fileWorker.js', import.meta.url));
      worker.on('message', (answer: Answer) => this.settle(worker, answer));
      worker.on('error', error => this.settle(worker, { error }));
      this.workers.push(worker);
      this.idle.push(worker);
    }
  }

  /** @throws what the job threw in its worker */
  run(job: Job): Promise<Exclude<Answer, { error: unknown }>> {
    return new Promise((resolve, reject) => {
      this.queue.push({ job, resolve, reject });
      this.next();
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map(worker => worker.terminate()));
  }

  private settle(worker: Worker, answer: Answer): void {
    const waiting = this.running.get(worker);
    this.running.delete(worker);
    this.idle.push(worker);
    if ('error' in answer) waiting?.reject(answer.error);
    else waiting?.resolve(answer);
    this.next();
  }

  private next(): void {
    while (this.idle.length > 0 && this.queue.length > 0) {
      const worker = this.idle.shift() as Worker;
      const waiting = this.queue.shift() as Waiting;
      this.running.set(worker, waiting);
      worker.postMessage(waiting.job);
    }
  }
}
