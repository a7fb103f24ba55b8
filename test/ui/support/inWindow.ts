/** Gives the tests of a `describe` a window, a picture of it when one of them fails, and the check that nothing outlives it. */

import assert from 'node:assert/strict';
import { Workbench, type WindowOptions } from './workbench.js';

/** Call it inside `describe`; the window is there from the first test on. */
export function inWindow(options: WindowOptions | (() => WindowOptions) = {}): () => Workbench {
  let window: Workbench | undefined;
  before(async () => {
    window = await Workbench.open(typeof options === 'function' ? options() : options);
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed' && window?.page.isClosed() === false) {
      await window.screenshot(`failed ${this.currentTest.fullTitle()}`.replaceAll(/[^\w-]+/g, '-'));
    }
  });
  after(async () => {
    assert.deepEqual((await window?.close()) ?? [], [], 'programs that outlived the window');
  });
  return () => {
    if (!window) throw new Error('The window opens before the first test, not before');
    return window;
  };
}
