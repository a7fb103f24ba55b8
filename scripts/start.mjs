/**
 * `npm start`: installs what is missing, builds, and opens VS Code on examples/, where a first example is traced at once.
 *
 * With a desktop VS Code and a display it opens there; else VS Code is served to a browser on this machine until Ctrl-C.
 *   --no-open   don't open anything: print the browser's address and serve
 *   --browser   use the browser even when there is a desktop VS Code
 *
 * Invariants: the address is alone on its line; it works only on this machine and with the token in it; after Ctrl-C nothing of it
 * runs any more. What it remembers (settings, token) is in .syscape/.
 */

import './nodeVersion.mjs';
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer } from '../test/vscode-host/server.mjs';
import { runScript, setup, SetupError } from './setup.mjs';
import { findCommand } from './systemTools.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const examples = path.join(root, 'examples');
const firstExample = 'first-look.c';
const state = path.join(root, '.syscape');
/** Kept when free, so that a bookmarked or reloaded page finds the server again. */
const preferredPort = 7340;

/** Traces the first example when the window opens: a setting of the extension, not something made for this script. */
const settings = { 'syscape.traceOnOpen': true };

await runScript(async () => {
  const flags = process.argv.slice(2);
  const unknown = flags.filter(flag => !['--no-open', '--browser'].includes(flag));
  if (unknown.length > 0) throw new SetupError(`npm start takes --no-open and --browser, not ${unknown.join(' ')}`);
  const open = !flags.includes('--no-open');

  const code = open && !flags.includes('--browser') && hasDisplay() ? findCommand('code') : undefined;
  setup(code === undefined ? 'start' : 'startDesktop');
  const build = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' });
  if (build.status !== 0) throw new SetupError('The build failed: see above.');

  mkdirSync(state, { recursive: true });
  if (code === undefined) await serve(open);
  else openDesktop(code);
});

const hasDisplay = () => Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** The settings travel in a workspace file, so that the user's own stay as they are. */
function openDesktop(code) {
  const workspace = path.join(state, 'examples.code-workspace');
  writeFileSync(workspace, JSON.stringify({ folders: [{ path: examples }], settings }, undefined, 2));
  const args = [`--extensionDevelopmentPath=${root}`, workspace, path.join(examples, firstExample)];
  const { status, error } = spawnSync(code, args, { stdio: 'inherit' });
  if (error || status !== 0) throw new SetupError(`${code} did not start; try: npm start -- --browser`);
  console.log(`Opened ${path.relative(process.cwd(), examples)}/ in ${code}.`);
}

async function serve(open) {
  const server = await startServer({
    runFolder: state,
    settings,
    port: preferredPort,
    connectionToken: rememberedToken(),
    linkedExtensions: [root],
  });
  let stopping = false;
  const stop = async exitCode => {
    stopping = true;
    await server.stop();
    process.exit(exitCode);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => void stop(0));
  void server.ended.then(exitCode => {
    if (stopping) return;
    console.error(`VS Code's server ended (${exitCode}); its log: ${server.logFile}`);
    void stop(1);
  });

  const url = server.url({
    folder: examples,
    openFile: path.join(examples, firstExample),
  });
  console.log(`\nVS Code with Syscape, on examples/${firstExample} (Ctrl-C ends it):\n\n${url}\n`);
  if (open && hasDisplay() && findCommand('xdg-open')) {
    spawn('xdg-open', [url], { stdio: 'ignore', detached: true })
      .on('error', () => {})
      .unref();
  }
}

/** The same from start to start, so that an open page can reconnect; readable by this user only. */
function rememberedToken() {
  const file = path.join(state, 'token');
  if (!existsSync(file)) writeFileSync(file, randomBytes(16).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}
