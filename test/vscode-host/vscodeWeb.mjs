#!/usr/bin/env node
/**
 * Takes the flags of a desktop `code` under test, so that `runTests({ vscodeExecutablePath })` of @vscode/test-electron can drive a
 * browser workbench instead. Its exit code is the tests'.
 *
 * Invariants: nothing that it started outlives it; logs and a screenshot are kept when it fails; with TEST_RESULT_FILE set, success
 * without that file is a failure (VS Code reports 0 when its extension host is killed).
 */

import { appendFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launchBrowser } from './browser.mjs';
import { startServer } from './server.mjs';

const timeoutMs = Number(process.env.VSCODE_WEB_TIMEOUT_MS ?? 420_000);
const cli = process.argv.slice(2);
const flag = name => cli.filter(word => word.startsWith(`--${name}=`)).map(word => word.slice(name.length + 3));

const keptIn = process.env.TEST_ARTEFACTS_FOLDER ?? tmpdir();
mkdirSync(keptIn, { recursive: true });
const runFolder = mkdtempSync(path.join(keptIn, 'vscode-web-'));

let server, browser, page;
let ending = false;

async function end(exitCode, why) {
  if (ending) return;
  ending = true;
  const { TEST_RESULT_FILE: resultFile } = process.env;
  if (exitCode === 0 && resultFile !== undefined && !existsSync(resultFile)) {
    exitCode = 71;
    why = 'the extension host ended before the tests did';
  }
  if (exitCode !== 0) {
    console.error(`vscode-web: ${why ?? 'tests failed'}; logs and a screenshot are in ${runFolder}`);
    await page?.screenshot({ path: path.join(runFolder, 'screen.png'), timeout: 5000 }).catch(() => {});
  }
  // A crashed page can keep the browser from closing by itself.
  await Promise.race([browser?.close().catch(() => {}), new Promise(resolve => setTimeout(resolve, 5000))]);
  await server?.stop();
  if (exitCode === 0) rmSync(runFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  process.exit(exitCode);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(130, signal));
setTimeout(() => void end(75, `not finished after ${timeoutMs / 1000} s`), timeoutMs).unref();

try {
  server = await startServer({
    runFolder,
    extensionsFolder: flag('extensions-dir')[0],
    environment: Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('TEST_'))),
    testDriver: true,
  });
  void server.ended.then(code => end(70, `the server ended with ${code}`));
  browser = await launchBrowser();
  page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  const note = text => appendFileSync(path.join(runFolder, 'page.log'), `${text}\n`);
  page.on('console', message => note(message.text()));
  page.on('pageerror', error => note(`uncaught: ${error.stack}`));
  page.on('crash', () => void end(70, 'the page crashed'));
  // How a workbench under test reports to whoever drives it.
  await page.exposeFunction('codeAutomationLog', () => {});
  await page.exposeFunction('codeAutomationExit', code => void end(code));
  await page.goto(
    server.url({
      folder: cli.find(word => !word.startsWith('-')),
      extensionsUnderDevelopment: flag('extensionDevelopmentPath'),
      extensionTests: flag('extensionTestsPath')[0],
    }),
  );
} catch (error) {
  console.error(error);
  await end(70, 'could not start');
}
