/**
 * A line for each suite of a file, each failure as soon as it happens, and the result as a file when all is over. scripts/test.mjs
 * believes only that file: a run that dies on the way leaves none. Thousands of passing tests stay out of the way of the one that
 * failed. CommonJS, because mocha loads reporters so in Node and esbuild bundles it for the extension host.
 *
 * Invariants: a pending test counts as failed, because a test that is not run proves nothing. One that failed and passed when it was run
 * again (rooms with programs and windows allow that once) is told with its first failure, at once and at the end.
 */

const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');

class ResultReporter extends reporters.Base {
  constructor(runner, options) {
    super(runner, options);
    const failures = [];
    const repeated = [];
    let suite = { passed: 0, failed: 0, startedAt: Date.now() };
    const failed = (test, error) => {
      suite.failed++;
      const failure = { title: test.titlePath().join(' › '), error: String(error?.stack ?? error) };
      failures.push(failure);
      reporters.Base.consoleLog(`✗ ${failure.title}\n${indented(failure.error)}`);
    };

    runner.on('suite', ({ parent }) => {
      if (parent?.root) suite = { passed: 0, failed: 0, startedAt: Date.now() };
    });
    runner.on('suite end', ({ parent, title }) => {
      if (!parent?.root) return;
      const counts = `${suite.passed} passed${suite.failed > 0 ? `, ${suite.failed} failed` : ''}`;
      const seconds = ((Date.now() - suite.startedAt) / 1000).toFixed(1);
      reporters.Base.consoleLog(`${suite.failed > 0 ? '✗' : '✔'} ${title}: ${counts} (${seconds} s)`);
    });
    runner.on('retry', (test, error) => {
      const first = { title: test.titlePath().join(' › '), error: String(error?.stack ?? error) };
      repeated.push(first);
      reporters.Base.consoleLog(`↻ ${first.title}\n${indented(first.error)}`);
    });
    runner.on('pass', () => suite.passed++);
    runner.on('fail', failed);
    runner.on('pending', test => failed(test, 'pending: a test that is not run proves nothing'));

    runner.once('end', () => {
      const { TEST_RESULT_FILE: resultFile } = process.env;
      if (resultFile === undefined) return;
      const { passes, duration } = this.stats;
      const passedThen = repeated.filter(({ title }) => !failures.some(failure => failure.title === title));
      writeFileSync(
        resultFile,
        JSON.stringify({
          passed: passes,
          failed: failures.length,
          failures,
          repeated: passedThen,
          durationMs: duration,
        }),
      );
    });
  }
}

function indented(text) {
  return text
    .split('\n')
    .map(line => `    ${line}`)
    .join('\n');
}

module.exports = ResultReporter;
