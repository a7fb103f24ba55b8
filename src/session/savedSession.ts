/** A log that was recorded before, here or elsewhere: the same trace as a live one, read to its end. Nothing is ever written to it. */

import { basename } from 'node:path';
import { BaseSession } from './baseSession.js';
import type { OpenTrace } from './runSession.js';

export class SavedSession extends BaseSession {
  readonly id: string;
  readonly title: string;
  readonly saved = true;

  constructor(
    readonly logPath: string,
    openTrace: OpenTrace,
  ) {
    super('loading');
    this.id = `saved:${logPath}`;
    this.title = basename(logPath);
    const trace = openTrace({ path: logPath, live: false });
    this.update({ trace });
    void trace.finish().then(
      () => this.update({ phase: 'ended' }),
      (error: unknown) => {
        if (!this.closed)
          this.update({ phase: 'failed', notice: error instanceof Error ? error.message : String(error) });
      },
    );
  }

  /** Nothing runs. */
  async stop(): Promise<void> {}
}
