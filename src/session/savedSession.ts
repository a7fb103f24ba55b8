/** A log that was recorded before, here or elsewhere: the same trace as a live one, read to its end. Nothing is ever written to it. */

import { basename } from 'node:path';
import { BaseSession } from './baseSession.js';
import { readCaptureFacts } from '../trace/source/captureFacts.js';
import { mainProcess } from './mainProcess.js';
import type { OpenTrace } from './runServices.js';

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
    const load = async (): Promise<void> => {
      await trace.finish();
      this.started = (await readCaptureFacts(logPath))?.started;
      const exit = (await mainProcess(trace))?.exit;
      // It may not end by itself the next time, either.
      this.stopAsked = !exit || 'signal' in exit;
    };
    void load().then(
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
