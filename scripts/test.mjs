/**
 * `npm test` (or `npm test -- unit live`, to run some of the rooms): installs what is missing, builds, and runs every room of tests.
 * The last line says `N passed, N failed`.
 *
 * Invariants: a room passes only with a result file that its own run wrote, with at least one test and no failed or pending one; a
 * room that hangs is ended and counts as failed; so the exit code is 0 only when everything was really run.
 */

import './nodeVersion.mjs';
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { killMarked } from '../test/vscode-host/markedProcesses.mjs';
import { runScript, setup, SetupError } from './setup.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const artefacts = path.join(root, 'test', 'artefacts');

const mocha = (...patterns) => [
  // Through import() only: what mocha can require() is turned into CommonJS, whose every use of an import is a call.
  ...['--no-experimental-require-module', '-C', 'source', '--import', 'tsx', 'node_modules/mocha/bin/mocha.js'],
  ...['--reporter', 'test/support/resultReporter.cjs', '--forbid-only', '--no-color'],
  ...patterns,
];

/**
 * Programs, strace and windows meet a busy machine in ways that no test can foresee: what fails there is run once more, and told.
 * What computes is never run again.
 */
const onceMore = '--retries=1';

/**
 * In the order in which they run: what is quick to fail comes first. The minutes are those after which a room surely hangs. Windows
 * mostly wait, so the rooms with one run `beside` the others.
 */
const rooms = [
  { name: 'unit', minutes: 8, command: mocha('test/unit/**/*.test.ts', 'packages/strace-parser/test/**/*.test.ts') },
  { name: 'snippets', minutes: 10, command: mocha(onceMore, 'test/snippets/**/*.test.ts'), folder: 'test/snippets' },
  { name: 'live', minutes: 12, command: mocha(onceMore, 'test/live/**/*.test.ts') },
  { name: 'extension', minutes: 8, command: ['--import', 'tsx', 'test/extension/run.ts'] },
  { name: 'ui', minutes: 20, beside: true, command: mocha(onceMore, '--timeout=90000', 'test/ui/**/*.test.ts') },
  // Traces other people's programs, which it installs: only when asked for (npm run test:real).
  { name: 'real', minutes: 10, command: mocha(onceMore, 'test/real/**/*.test.ts'), needs: 'real', onlyWhenAsked: true },
].filter(({ folder }) => folder === undefined || existsSync(path.join(root, folder)));

/** Of the rooms that run. */
const marks = new Set();
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    for (const mark of marks) killMarked(mark);
    process.exit(130);
  });
}

await runScript(async () => {
  const asked = process.argv.slice(2);
  const unknown = asked.filter(name => !rooms.some(room => room.name === name));
  if (unknown.length > 0)
    throw new SetupError(`No such room: ${unknown.join(', ')}. Rooms: ${rooms.map(room => room.name).join(', ')}`);

  const chosen = rooms.filter(({ name, onlyWhenAsked }) =>
    asked.length === 0 ? !onlyWhenAsked : asked.includes(name),
  );
  for (const job of new Set(chosen.map(({ needs }) => needs ?? 'test'))) setup(job);
  const build = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' });
  if (build.status !== 0) throw new SetupError('The build failed: see above.');

  if (asked.length === 0) rmSync(artefacts, { recursive: true, force: true });
  mkdirSync(artefacts, { recursive: true });
  const results = [];
  const inTurn = async rooms => {
    for (const room of rooms) results.push(await runRoom(room));
  };
  await Promise.all([inTurn(chosen.filter(room => !room.beside)), inTurn(chosen.filter(room => room.beside))]);
  report(results);
});

/** Runs one room in a process of its own and reads the counts that it left. Its output is printed in one piece, at its end. */
async function runRoom({ name, minutes, command }) {
  console.log(`\n${name}: running`);
  const resultFile = path.join(artefacts, `${name}.result.json`);
  rmSync(resultFile, { force: true });
  const startedAt = Date.now();
  const mark = `SYSCAPE_TEST_ROOM=${randomUUID()}`;
  const [markName, markValue] = mark.split('=');
  const child = spawn(process.execPath, command, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      TEST_RESULT_FILE: resultFile,
      TEST_ARTEFACTS_FOLDER: artefacts,
      NO_COLOR: '1',
      FORCE_COLOR: undefined,
      [markName]: markValue,
    },
  });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => output.push(chunk));
  let trouble;
  const deadline = setTimeout(() => {
    trouble = `not finished after ${minutes} minutes`;
    killMarked(mark);
  }, minutes * 60_000);
  marks.add(mark);
  const closed = new Promise(resolve => child.once('close', resolve));
  const exitCode = await new Promise(resolve => child.once('exit', (code, signal) => resolve(signal ?? code)));
  clearTimeout(deadline);
  const leftovers = killMarked(mark);
  await closed; // after the leftovers, which may hold the pipes
  marks.delete(mark);
  console.log(`\n=== ${name} ===\n${Buffer.concat(output)}`);
  if (leftovers.length > 0) trouble ??= `left running: ${leftovers.join('; ')}`;

  let counts = { passed: 0, failed: 0, failures: [], repeated: [] };
  if (existsSync(resultFile)) counts = JSON.parse(readFileSync(resultFile, 'utf8'));
  else trouble ??= `ended (${exitCode}) without telling its result`;
  if (trouble === undefined && counts.passed + counts.failed === 0) trouble = 'has no tests';
  if (trouble === undefined && exitCode !== 0 && counts.failed === 0) trouble = `ended with ${exitCode}`;
  // A room in trouble has a failure, whatever it counted.
  return {
    name,
    ...counts,
    failed: counts.failed + (trouble === undefined ? 0 : 1),
    trouble,
    seconds: (Date.now() - startedAt) / 1000,
  };
}

function report(results) {
  console.log('\nroom        passed  failed  seconds');
  for (const { name, passed, failed, seconds, trouble } of results) {
    const columns = [
      name.padEnd(10),
      String(passed).padStart(8),
      String(failed).padStart(8),
      seconds.toFixed(1).padStart(9),
    ];
    console.log(columns.join('') + (trouble === undefined ? '' : `  ${trouble}`));
  }
  for (const { name, failures } of results)
    for (const { title, error } of failures) console.log(`\nFAILED in ${name}: ${title}\n${error}`);
  const repeated = results.flatMap(({ name, repeated }) => repeated.map(each => ({ ...each, name })));
  if (repeated.length > 0) console.log(`\n${repeated.length} failed at first and were run again:`);
  for (const { name, title, error } of repeated) console.log(`\nREPEATED in ${name}: ${title}\n${error}`);
  const pictures = readdirSync(artefacts).filter(file => file.endsWith('.png')).length;
  if (pictures > 0) console.log(`\n${pictures} screenshots in ${path.relative(root, artefacts)}/`);
  const sum = key => results.reduce((total, result) => total + result[key], 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  if (sum('failed') > 0 || results.length === 0) process.exitCode = 1;
}
