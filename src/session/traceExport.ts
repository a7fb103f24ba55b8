/** Writes a trace to a file in a format of other tools, with progress and a way to stop. A file that was there is replaced in the end. */

import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { l10n, ProgressLocation, window } from 'vscode';
import type { ExportFormat } from '../trace/export/exportTrace.js';
import type { TraceSource } from '../trace/traceSource.js';

/**
 * @returns false when the user stopped it
 * @throws what reading the log or writing the file throws
 */
export function writeExport(
  open: () => TraceSource,
  format: ExportFormat,
  path: string,
  title: string,
): Thenable<boolean> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return window.withProgress(options, async (progress, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort());
    const trace = open();
    const unfinished = `${path}.part`;
    let told = 0;
    async function* pieces(): AsyncGenerator<string> {
      const { exportTrace } = await import('../trace/export/exportTrace.js');
      await trace.finish();
      for await (const { text, events, total } of exportTrace(trace, format)) {
        const percent = total === 0 ? 100 : (100 * events) / total;
        progress.report({ increment: percent - told, message: l10n.t('{0} of {1} events', events, total) });
        told = percent;
        yield text;
      }
    }
    try {
      await pipeline(Readable.from(pieces()), createWriteStream(unfinished), { signal: stop.signal });
      await rename(unfinished, path);
      return true;
    } catch (error) {
      if (stop.signal.aborted) return false;
      throw error;
    } finally {
      await trace.dispose();
      await rm(unfinished, { force: true });
    }
  });
}
