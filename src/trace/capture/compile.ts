/** Runs the compiler on one file: no shell, no file left in the source tree, and nothing of it left running when it is cancelled. */

import { dirname } from 'node:path';
import { compilerArguments, identifyCompiler, type CompileRequest } from './compilerCommand.js';
import { parseCompilerMessages, type CompilerMessage } from './compilerMessages.js';

export interface CompileResult {
  ok: boolean;
  messages: CompilerMessage[];
  /** All that it printed, for the log. */
  output: string;
  /** The command as it was run. */
  command: string;
}

/** Compiles in the folder of the source, as its relative includes expect. Throws a CaptureError, or the signal's reason when aborted. */
export async function compile(
  compilerPath: string,
  request: CompileRequest,
  signal: AbortSignal,
): Promise<CompileResult> {
  const compiler = await identifyCompiler(compilerPath);
  signal.throwIfAborted();
  const { execa } = await import('execa'); // not before it is used: an editor starts faster without it
  const args = compilerArguments(compiler, request);
  // A process group of its own: the driver does not take its cc1 with it when it is ended.
  const child = execa(compilerPath, args, {
    cwd: dirname(request.sourcePath),
    env: { LC_ALL: 'C.UTF-8' },
    stdin: 'ignore',
    reject: false,
    all: true,
    detached: true,
  });
  const end = () => endGroup(child.pid);
  signal.addEventListener('abort', end, { once: true });
  try {
    const result = await child;
    signal.throwIfAborted();
    const output = result.all ?? '';
    return {
      ok: result.exitCode === 0,
      messages: parseCompilerMessages(output),
      output,
      command: result.escapedCommand,
    };
  } finally {
    signal.removeEventListener('abort', end);
  }
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // It has just ended.
  }
}
