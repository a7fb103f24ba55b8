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
  return chromium.launch({ executablePath: executable(), headless: true, args: flags });
}

/**
 * A browser that keeps its profile's folder, and so the compiled scripts of the pages it has shown: the workbench opens in half the time.
 *
 * @param {string} profile
 * @param {import('playwright-core').BrowserContextOptions} options
 * @returns {Promise<import('playwright-core').BrowserContext>}
 */
export function launchBrowserWithProfile(profile, options) {
  return chromium.launchPersistentContext(profile, {
    ...options,
    executablePath: executable(),
    headless: true,
    args: flags,
  });
}

function executable() {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('chromium not found; run: node scripts/setup.mjs --for=test');
  return executablePath;
}
