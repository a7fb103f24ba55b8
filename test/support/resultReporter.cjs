/**
 * Mocha's spec report, and the counts as a file when all is over. scripts/test.mjs believes only that file: a run that dies on the
 * way leaves none. CommonJS, because mocha loads reporters so in Node and esbuild bundles it for the extension host.
 *
 * Invariant: a pending test counts as failed. A test that is not run proves nothing.
 */

const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');

class ResultReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once('end', () => {
      const { TEST_RESULT_FILE: resultFile } = process.env;
      if (resultFile === undefined) return;
      const { passes, failures, pending, duration } = this.stats;
      writeFileSync(resultFile, JSON.stringify({ passed: passes, failed: failures + pending, durationMs: duration }));
    });
  }
}

module.exports = ResultReporter;
