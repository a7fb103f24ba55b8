/**
 * Gives the tests of a `describe` a window, a picture of it when one of them fails, and the check that nothing outlives it.
 *
 * Opening a window costs more than most suites. Those that ask for the same settings, which stand in one folder of test/ui, follow one
 * another in one window, tidied up between them; after a failure the next suite gets a new one.
 */

import assert from 'node:assert/strict';
import { Workbench, type WindowOptions } from './workbench.js';

let open: { window: Workbench; kind: string; failed: boolean } | undefined;

/** Call it inside `describe`; the window is there from the first test on. */
export function inWindow(options: WindowOptions | (() => WindowOptions) = {}): () => Workbench {
  let window: Workbench | undefined;
  before(async () => {
    const wanted = typeof options === 'function' ? options() : options;
    const kind = JSON.stringify({ ...wanted, openFile: undefined });
    if (open?.kind === kind && !open.failed && !open.window.isClosed) {
      open.failed = true; // unless all of this works
      await open.window.tidyUp(wanted);
      open.failed = false;
    } else {
      await closeWindow();
      open = { window: await Workbench.open(wanted), kind, failed: false };
    }
    window = open.window;
  });
  afterEach(async function () {
    if (!open || this.currentTest?.state !== 'failed') return;
    open.failed = true;
    if (!open.window.page.isClosed())
      await open.window.screenshot(`failed ${this.currentTest.fullTitle()}`.replaceAll(/[^\w-]+/g, '-'));
  });
  return () => {
    if (!window) throw new Error('The window opens before the first test, not before');
    return window;
  };
}

// Of all suites: the last window's end.
after(closeWindow);

async function closeWindow(): Promise<void> {
  const closing = open;
  open = undefined;
  assert.deepEqual((await closing?.window.close()) ?? [], [], 'programs that outlived the window');
}
