/** A headless Chromium that talks to this machine only. */

import { chromium } from 'playwright-core';
import { findChromium } from '../../scripts/systemTools.mjs';

const flags = [
  // Containers and CI machines run tests as root, where Chromium's sandbox cannot.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** @returns {Promise<import('playwright-core').Browser>} */
export function launchBrowser() {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('chromium not found; run: node scripts/setup.mjs --for=test');
  return chromium.launch({ executablePath, headless: true, args: flags });
}
