/**
 * Starts VS Code's own server, which shows the real workbench to a browser and runs the real extension host.
 *
 * Invariants: it listens on loopback only; settings and logs are inside the run's folder, sockets in a temporary folder that goes
 * with the server; `stop()` ends every process it started, traced programs included, and so does the end of the calling process.
 */

import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { hostFolder, hostPaths } from './install.mjs';
import { killMarked, markedProcesses } from './markedProcesses.mjs';

/** A workbench that asks for nothing and calls nobody. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/**
 * @typedef {object} ServerOptions
 * @property {string} runFolder everything the server writes goes here
 * @property {string} [extensionsFolder] where installed extensions are (default: a folder of the run)
 * @property {string[]} [linkedExtensions] folders of extensions that are loaded from where they are, as if installed. (A built
 *   VS Code takes extensions under development from its address only with the test driver.)
 * @property {Record<string, unknown>} [settings] the user's settings, besides the quiet ones
 * @property {NodeJS.ProcessEnv} [environment] added to this process's
 * @property {number} [port] wanted; another one is taken when it is in use
 * @property {string} [connectionToken] who does not know it gets nothing; tests go without
 * @property {boolean} [testDriver] needed to run extension tests; hides notifications, so off by default
 * @property {boolean} [workspaceTrust] ask before a folder is trusted
 *
 * @typedef {object} WorkbenchOptions
 * @property {string} [folder] or a .code-workspace file
 * @property {string} [openFile]
 * @property {string[]} [extensionsUnderDevelopment] their folders; needs the test driver
 * @property {string} [extensionTests] module with the tests' `run()`
 *
 * @typedef {object} Server
 * @property {number} port
 * @property {string} logFile
 * @property {(options?: WorkbenchOptions) => string} url of a workbench
 * @property {Promise<number | null>} ended settles with the exit code when the server has ended
 * @property {() => Promise<string[]>} stop resolves with the command lines of programs that outlived it, had to be killed
 *   and are not VS Code's own
 */

/**
 * @param {ServerOptions} options
 * @returns {Promise<Server>}
 */
export async function startServer(options) {
  const { serverMain, node } = hostPaths();
  const dataFolder = path.join(options.runFolder, 'data');
  // Not in the run's folder: the path of a socket must be shorter than 108 bytes.
  const temporary = mkdtempSync(path.join(tmpdir(), 'syscape-'));
  const extensionsFolder = options.extensionsFolder ?? path.join(options.runFolder, 'extensions');
  for (const folder of [path.join(dataFolder, 'User'), extensionsFolder]) mkdirSync(folder, { recursive: true });
  writeFileSync(
    path.join(dataFolder, 'User', 'settings.json'),
    JSON.stringify({ ...quietSettings, ...options.settings }, undefined, 2),
  );

  if (options.linkedExtensions) linkExtensions(extensionsFolder, options.linkedExtensions);

  const mark = `SYSCAPE_RUN=${randomUUID()}`;
  const port = await freePort(options.port);
  const logFile = path.join(options.runFolder, 'server.log');
  const log = openSync(logFile, 'a');
  const child = spawn(
    node,
    [
      `--require=${path.join(hostFolder, 'endWithParent.cjs')}`,
      serverMain,
      '--host=127.0.0.1',
      `--port=${port}`,
      options.connectionToken ? `--connection-token=${options.connectionToken}` : '--without-connection-token',
      '--accept-server-license-terms',
      '--disable-telemetry',
      '--disable-update-check',
      '--disable-getting-started-override',
      ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
      ...(options.testDriver ? ['--enable-smoke-test-driver'] : []),
      `--server-data-dir=${dataFolder}`,
      `--user-data-dir=${dataFolder}`,
      `--extensions-dir=${extensionsFolder}`,
    ],
    // A process group of its own: Ctrl-C is for the caller, who then stops it in order.
    { stdio: ['ignore', log, log], env: serverEnvironment(temporary, mark, options.environment), detached: true },
  );
  closeSync(log);

  const cleanUp = () => {
    const survivors = killMarked(mark);
    rmSync(temporary, { recursive: true, force: true, maxRetries: 3 });
    return survivors;
  };
  process.once('exit', cleanUp);
  const ended = new Promise(resolve => child.once('exit', resolve));
  const stop = async () => {
    if (child.exitCode === null) child.kill('SIGTERM');
    const escalate = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(escalate);
    // Extension host and terminals end themselves a moment after their server, and with them what runs in them.
    const isForeign = commandLine => !commandLine.includes(path.dirname(path.dirname(serverMain)));
    const foreignRuns = () => markedProcesses(mark).some(({ commandLine }) => isForeign(commandLine));
    for (let waitedMs = 0; waitedMs < 8000 && foreignRuns(); waitedMs += 100) await delay(100);
    process.off('exit', cleanUp);
    return cleanUp().filter(isForeign);
  };

  for (let waitedMs = 0; !(await answers(port)); waitedMs += 100) {
    if (child.exitCode !== null || waitedMs > 30_000) {
      await stop();
      throw new Error(
        `VS Code's server did not start; its log (${logFile}) ends:\n${readFileSync(logFile, 'utf8').slice(-2000)}`,
      );
    }
    await delay(100);
  }
  return { port, logFile, ended, stop, url: workbench => workbenchUrl(port, options.connectionToken, workbench) };
}

/** Writes the list that VS Code keeps of its installed extensions. */
function linkExtensions(extensionsFolder, folders) {
  const list = folders.map(folder => {
    const { name, publisher, version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const location = { $mid: 1, scheme: 'file', path: path.resolve(folder) };
    return { identifier: { id: `${publisher}.${name}` }, version, location, metadata: { isBuiltin: false } };
  });
  writeFileSync(path.join(extensionsFolder, 'extensions.json'), JSON.stringify(list));
}

/** @param {WorkbenchOptions} [options] */
function workbenchUrl(port, token, { folder, openFile, extensionsUnderDevelopment = [], extensionTests } = {}) {
  const url = new URL(`http://127.0.0.1:${port}/`);
  const remote = file => `vscode-remote://127.0.0.1:${port}${path.resolve(file)}`;
  if (token) url.searchParams.set('tkn', token);
  if (folder) url.searchParams.set(folder.endsWith('.code-workspace') ? 'workspace' : 'folder', path.resolve(folder));
  else url.searchParams.set('ew', 'true');
  const payload = [
    ...extensionsUnderDevelopment.map(extension => ['extensionDevelopmentPath', remote(extension)]),
    ...(extensionTests ? [['extensionTestsPath', remote(extensionTests)]] : []),
    ...(openFile ? [['openFile', remote(openFile)]] : []),
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
  ];
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

/** Sockets go to the run's folder; nothing of a VS Code around us (its terminal may have started this) is handed on. */
function serverEnvironment(temporary, mark, added = {}) {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|npm_)/.test(name),
  );
  const [markName, markValue] = mark.split('=');
  return {
    ...Object.fromEntries(inherited),
    TMPDIR: temporary,
    XDG_RUNTIME_DIR: temporary,
    [markName]: markValue,
    ...added,
  };
}

const delay = ms => new Promise(resolve => setTimeout(resolve, ms));

async function answers(port) {
  try {
    return (await fetch(`http://127.0.0.1:${port}/version`)).ok;
  } catch {
    return false;
  }
}

/** The wanted port when it is free, else any. */
async function freePort(wanted = 0) {
  try {
    return await tryPort(wanted);
  } catch (error) {
    if (wanted === 0 || error.code !== 'EADDRINUSE') throw error;
    return tryPort(0);
  }
}

const tryPort = port =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(port, '127.0.0.1', () => {
      const { port: given } = probe.address();
      probe.close(() => resolve(given));
    });
  });
