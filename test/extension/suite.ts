/** Loaded by VS Code's extension host: runs every bundled test beside it with mocha, and writes report and result to files. */

import { appendFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';

export async function run(): Promise<void> {
  const { TEST_LOG_FILE: log } = process.env;
  if (log === undefined) throw new Error('TEST_LOG_FILE is not set: start the tests with npm test -- extension');
  Mocha.reporters.Base.consoleLog = (...parts: unknown[]) => appendFileSync(log, `${format(...parts)}\n`);

  const mocha = new Mocha({
    // out/extension is two folders below the root.
    reporter: path.join(__dirname, '..', '..', 'test', 'support', 'resultReporter.cjs'),
    timeout: 180_000,
    retries: 1, // as in the other rooms with programs and windows, see scripts/test.mjs
    color: false,
    forbidOnly: true,
  });
  for (const file of readdirSync(__dirname)) if (file.endsWith('.test.cjs')) mocha.addFile(path.join(__dirname, file));
  const failures = await new Promise<number>(resolve => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} extension tests failed`);
}
