/**
 * `node scripts/setup.mjs [--for=start|test|check|real]`: installs what is missing and nothing else. Needs Node and npm only; start.mjs,
 * test.mjs and check.mjs call it first.
 *
 * Invariants: running it twice does nothing the second time; what it cannot install ends in one line that says what to run.
 */

import './nodeVersion.mjs';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { completeHost, hostFolder } from '../test/vscode-host/install.mjs';
import { missingPackages, systemTools, tracedPrograms } from './systemTools.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** What each job needs besides the npm packages. */
const needs = {
  check: { tools: [], host: false },
  start: { tools: ['strace', 'gcc'], host: true },
  startDesktop: { tools: ['strace', 'gcc'], host: false },
  test: { tools: ['strace', 'gcc', 'g++', 'clang', 'addr2line', 'make', 'git', 'chromium'], host: true },
  // What test/real traces: programs that nobody here wrote.
  real: { tools: ['strace', 'gcc', ...tracedPrograms], host: false },
};

/** Something the user must do; its message says what. */
export class SetupError extends Error {}

/**
 * @param {keyof typeof needs} job
 * @throws {SetupError}
 */
export function setup(job) {
  const { tools, host } = needs[job];
  installNpmPackages(root);
  installSystemTools(tools);
  if (!host) return;
  installNpmPackages(hostFolder);
  completeHost();
}

/** Runs a script's work; a SetupError is told in one line and ends the process with 1. */
export async function runScript(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`\n${error.message}`);
    process.exit(1);
  }
}

function installNpmPackages(folder) {
  if (isInstalled(folder)) return;
  console.log(`setup: npm ci (${path.relative(root, folder) || 'root'})`);
  const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: 'inherit',
  });
  if (npm.error)
    throw new SetupError('npm was not found: install it together with Node (https://nodejs.org/en/download)');
  if (npm.status !== 0) throw new SetupError(`npm ci failed in ${folder}: see its message above`);
}

/** True when node_modules holds exactly the versions of package-lock.json that this system needs. */
function isInstalled(folder) {
  const installedLock = path.join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(installedLock)) return false;
  const wanted = readPackages(path.join(folder, 'package-lock.json'));
  const installed = readPackages(installedLock);
  return Object.entries(wanted).every(
    ([place, { version, optional, link, inBundle }]) =>
      !place.includes('node_modules/') || link || optional || inBundle || installed[place]?.version === version,
  );
}

const readPackages = lockFile => JSON.parse(readFileSync(lockFile, 'utf8')).packages;

function installSystemTools(names) {
  if (names.length === 0) return;
  if (process.platform !== 'linux') {
    throw new SetupError(
      'Syscape traces with strace, which exists on Linux only: use a Linux machine, a virtual machine, WSL 2 or a container.',
    );
  }
  const missing = names.filter(name => !systemTools[name].isPresent());
  if (missing.length === 0) return;
  const command = missingPackages(missing);
  const toRun = `${process.getuid() === 0 ? '' : 'sudo '}${command.line}`;
  if (command.manager !== 'apt-get' || !canBeRoot()) {
    throw new SetupError(`${missing.join(', ')} not found. Install with: ${toRun}`);
  }
  console.log(`setup: ${toRun}`);
  for (const args of [['update', '-qq'], command.args]) {
    const apt = asRoot('apt-get', args);
    // A failed update can still leave lists that are good enough; a failed installation cannot be worked around.
    if (args === command.args && apt.status !== 0)
      throw new SetupError(`apt-get failed: see above. Install with: ${toRun}`);
  }
  const stillMissing = names.filter(name => !systemTools[name].isPresent());
  if (stillMissing.length > 0) throw new SetupError(`${stillMissing.join(', ')} still not found after: ${toRun}`);
}

const isRoot = () => process.getuid() === 0;
const canBeRoot = () => isRoot() || spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0;

function asRoot(command, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return isRoot()
    ? spawnSync(command, args, { stdio: 'inherit', env })
    : spawnSync('sudo', ['-n', '--preserve-env=DEBIAN_FRONTEND', command, ...args], { stdio: 'inherit', env });
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const job = process.argv.find(argument => argument.startsWith('--for='))?.slice('--for='.length) ?? 'test';
  await runScript(() => {
    if (!Object.hasOwn(needs, job)) throw new SetupError(`--for= takes one of: ${Object.keys(needs).join(', ')}`);
    setup(job);
    console.log(`setup: everything for "${job}" is there`);
  });
}
