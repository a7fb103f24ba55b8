/**
 * Makes VS Code's server inside the npm package `code-server` runnable: its own dependencies, and plain JavaScript in place of two
 * native modules that have no prebuilt binaries. Called by scripts/setup.mjs after this package's `npm ci`.
 *
 * Invariant: the ready mark is written last, so a half-done installation is done again and never used.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const hostFolder = path.dirname(fileURLToPath(import.meta.url));
const serverFolder = path.join(hostFolder, 'node_modules', 'code-server', 'lib', 'vscode');
const readyMark = path.join(serverFolder, 'node_modules', '.syscape-ready');

/** What stands in for modules that would have to be compiled: enough of their interface for a server that serves one person. */
const standIns = {
  '@vscode/spdlog': `
const { appendFileSync } = require('node:fs');
class Logger {
  constructor(_name, file) { this.file = file; }
  setLevel() {} setPattern() {} clearFormatters() {} flush() {} drop() {}
}
for (const level of ['trace', 'debug', 'info', 'warn', 'error', 'critical']) {
  Logger.prototype[level] = function (text) {
    try { appendFileSync(this.file, text + '\\n'); } catch { /* the folder is gone: the run is over */ }
  };
}
const create = async (name, file) => new Logger(name, file);
const nothing = () => {};
// One by one: VS Code imports them by name, and Node finds the names of a CommonJS module by such lines only.
exports.version = 0;
exports.Logger = Logger;
exports.setLevel = nothing;
exports.setFlushOn = nothing;
exports.shutdown = nothing;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
`,
  // Ends the extension host when the server that started it is gone.
  '@vscode/native-watchdog': `
const alive = pid => { try { process.kill(pid, 0); return true; } catch (error) { return error.code === 'EPERM'; } };
exports.start = pid => { setInterval(() => { if (!alive(pid)) process.exit(87); }, 2000).unref(); };
exports.exit = code => process.exit(code ?? 0);
`,
};

function isHostReady() {
  return existsSync(readyMark) && readFileSync(readyMark, 'utf8') === readyText();
}

/** Completes the installation. Throws with what to do when npm fails. */
export function completeHost() {
  if (isHostReady()) return;
  // Not `npm ci`: the package's own lock file is out of step with its manifest.
  const npm = spawnSync(
    'npm',
    ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: serverFolder,
      stdio: 'inherit',
      env: { ...process.env, INIT_CWD: serverFolder },
    },
  );
  if (npm.status !== 0)
    throw new Error(`npm install failed in ${serverFolder} (see above); try again when the registry answers`);
  for (const [name, source] of Object.entries(standIns)) {
    const folder = path.join(serverFolder, 'node_modules', name);
    const { main = 'index.js' } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    writeFileSync(path.join(folder, main), source);
  }
  writeFileSync(readyMark, readyText());
}

/**
 * @returns {{ serverMain: string, node: string }} VS Code's server, and a Node that can run it.
 */
export function hostPaths() {
  if (!isHostReady()) throw new Error('VS Code for tests is not installed; run: node scripts/setup.mjs --for=test');
  const bundledNode = path.join(hostFolder, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(bundledNode))
    return { serverMain: path.join(serverFolder, 'out', 'server-main.js'), node: bundledNode };
  if (Number(process.versions.node.split('.')[0]) < 24) {
    throw new Error(
      `VS Code's server needs Node 24 on ${process.platform}-${process.arch}; this is ${process.versions.node}`,
    );
  }
  return { serverMain: path.join(serverFolder, 'out', 'server-main.js'), node: process.execPath };
}

/** Other stand-ins or another code-server than the mark's: not ready. */
function readyText() {
  const { version } = JSON.parse(
    readFileSync(path.join(hostFolder, 'node_modules', 'code-server', 'package.json'), 'utf8'),
  );
  return JSON.stringify({ version, standIns });
}
