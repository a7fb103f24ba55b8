/**
 * Runs a program under strace in this terminal and says where the log is. Invariant: the program's streams, Ctrl-C and exit status are
 * its own; when this process is told to end, the tracees are told first, so nothing of ours is left running.
 */

import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { access, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { CaptureError, errnoOf } from '../trace/capture/captureError.js';
import { straceArguments } from '../trace/capture/commandLine.js';
import { diagnoseStrace, probeStrace } from '../trace/capture/probe.js';
import { identify } from '../trace/capture/procfs.js';
import { checkProgram } from '../trace/capture/programCheck.js';
import { stopTracees } from '../trace/capture/stop.js';
import type { CaptureChoice } from './arguments.js';

const stopGraceMs = 2000;
const stringLimit = 64;

/** Resolves with the program's exit status, 128 + N for signal N. Throws a CaptureError when it could not be traced. */
export async function runProgram(
  name: string,
  args: string[],
  logPath: string,
  choice: CaptureChoice,
): Promise<number> {
  const build = await probeStrace(choice.strace);
  const program = await findProgram(name);
  const command = straceArguments(build.version, {
    logPath,
    program,
    args,
    environment: {},
    syscalls: choice.allCalls ? 'all' : 'focus',
    stringLimit,
  });
  const status = await run(choice.strace, command);
  if (status !== 0 && (await isEmpty(logPath))) {
    throw (
      (await diagnoseStrace(choice.strace)) ??
      new CaptureError({ kind: 'straceFailed', output: `exit status ${status}` })
    );
  }
  return status;
}

async function findProgram(name: string): Promise<string> {
  if (name.includes('/')) {
    await checkProgram(name);
    return name;
  }
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder === '' ? '.' : folder, name);
    if (await isProgram(path)) return path.includes('/') ? path : `./${path}`;
  }
  throw new CaptureError({ kind: 'programMissing', path: name });
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await checkProgram(path);
    return true;
  } catch {
    return false;
  }
}

function run(strace: string, args: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(strace, args, { stdio: 'inherit' });
    const tracer = child.pid === undefined ? undefined : identify(child.pid);
    // The terminal sends Ctrl-C to the program, too: it decides whether to end, and the report follows.
    const interrupted = (): void => undefined;
    const ended = (): void => {
      if (tracer) void stopTracees(tracer, stopGraceMs);
    };
    process.on('SIGINT', interrupted).on('SIGQUIT', interrupted).on('SIGTERM', ended).on('SIGHUP', ended);
    const settle = (): void => {
      process.off('SIGINT', interrupted).off('SIGQUIT', interrupted).off('SIGTERM', ended).off('SIGHUP', ended);
    };
    child.on('error', error => {
      settle();
      const kind = errnoOf(error) === 'ENOENT' ? 'straceMissing' : 'straceNotExecutable';
      reject(new CaptureError({ kind, path: strace }, { cause: error }));
    });
    child.on('exit', (code, signal) => {
      settle();
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

async function isEmpty(path: string): Promise<boolean> {
  try {
    await access(path);
    return (await stat(path)).size === 0;
  } catch {
    return true;
  }
}
