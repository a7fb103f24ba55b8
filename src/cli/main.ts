/**
 * `syscape`: the command line, with the process's edges: arguments in, report and exit status out. What the report says is made by
 * jsonReport.ts and textReport.ts from the same Trace that the editor shows.
 */

import { open, mkdtemp, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { CaptureError, errnoOf } from '../trace/capture/captureError.js';
import { readArguments, UsageError, type CheckChoice, type Command, type ReportFormat } from './arguments.js';
import { captureFaultText } from './captureFaultText.js';
import { checkLog, checkReport, fails, writeSarif, type CheckedLog } from './check.js';
import { helpText } from './help.js';
import { jsonReport } from './jsonReport.js';
import { printable } from './printable.js';
import { readTrace } from './readTrace.js';
import { runProgram } from './runProgram.js';
import { textReport } from './textReport.js';

const failed = 1;
const misused = 2;

async function run(command: Command): Promise<number> {
  switch (command.kind) {
    case 'help':
      await print(helpText);
      return 0;
    case 'version':
      await print(`${manifest.version}\n`);
      return 0;
    case 'files':
      return reportFiles(command.paths, command.format);
    case 'program':
      return reportProgram(command);
    case 'checkFiles':
      return checkFiles(command.paths, command.check);
    case 'checkProgram':
      return checkProgram(command);
  }
}

async function reportFiles(paths: readonly string[], format: ReportFormat): Promise<number> {
  const output = await Output.open(format.output);
  let status = 0;
  for (const [index, path] of paths.entries()) {
    try {
      const text = report(path, path, format);
      await output.write(index > 0 && !format.json ? `\n${text}` : text);
    } catch (error) {
      complain(readFault(path, error));
      status = failed;
    }
  }
  await output.close();
  return status;
}

async function reportProgram(command: Extract<Command, { kind: 'program' }>): Promise<number> {
  const { program, args, capture, format } = command;
  const folder = await mkdtemp(join(tmpdir(), 'syscape-'));
  try {
    const output = await Output.open(format.output);
    const log = capture.log ?? join(folder, 'trace.strace');
    const status = await runProgram(program, args, log, capture);
    await output.write(report(log, capture.log ?? program, format));
    await output.close();
    return status;
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    complain(captureFaultText(error.fault));
    return failed;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function checkFiles(paths: readonly string[], choice: CheckChoice): Promise<number> {
  const checked: CheckedLog[] = [];
  let status = 0;
  for (const path of paths) {
    try {
      checked.push(await checkLog(path, path, path, choice));
    } catch (error) {
      complain(readFault(path, error));
      status = misused;
    }
  }
  return (await conclude(checked, choice)) || status;
}

async function checkProgram(command: Extract<Command, { kind: 'checkProgram' }>): Promise<number> {
  const { program, args, capture, check } = command;
  const folder = await mkdtemp(join(tmpdir(), 'syscape-'));
  try {
    const log = capture.log ?? join(folder, 'trace.strace');
    await runProgram(program, args, log, capture);
    return await conclude([await checkLog(program, log, capture.log, check)], check);
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    complain(captureFaultText(error.fault));
    return misused;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Prints and writes what was found. Resolves with the exit status. */
async function conclude(checked: readonly CheckedLog[], choice: CheckChoice): Promise<number> {
  await print(checkReport(checked));
  try {
    await writeSarif(choice, manifest.version, checked);
  } catch (error) {
    complain(readFault(choice.sarif ?? '', error));
    return misused;
  }
  return fails(choice.failOn, checked) ? failed : 0;
}

function report(path: string, name: string, format: ReportFormat): string {
  return readTrace(path, trace =>
    format.json ? `${JSON.stringify(jsonReport(name, trace))}\n` : textReport(name, trace),
  );
}

/** Where the report goes: standard output or a file. */
class Output {
  private constructor(private readonly file: FileHandle | null) {}

  /** A file that cannot be written is found out before anything is traced. */
  static async open(path: string | null): Promise<Output> {
    if (path === null) return new Output(null);
    try {
      return new Output(await open(path, 'w'));
    } catch (error) {
      throw new OutputError(`${path}: ${systemText(error)}`, { cause: error });
    }
  }

  async write(text: string): Promise<void> {
    if (this.file) await this.file.writeFile(text);
    else await print(text);
  }

  async close(): Promise<void> {
    await this.file?.close();
  }
}

class OutputError extends Error {
  override readonly name = 'OutputError';
}

function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, error => (error ? reject(error) : resolve()));
  });
}

function complain(message: string): void {
  process.stderr.write(`syscape: ${printable(message)}\n`);
}

function readFault(path: string, error: unknown): string {
  return `${path}: ${systemText(error)}`;
}

/** The system's own words for an error, without Node's path and call. */
function systemText(error: unknown): string {
  const code = errnoOf(error);
  if (code === 'ENOENT') return 'no such file or folder';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'EISDIR') return 'is a folder';
  if (code === 'ENOTDIR') return 'a part of the path is not a folder';
  return error instanceof Error ? error.message : String(error);
}

// A reader that has enough (`| head`) is no fault; nor is there anybody left to tell.
process.stdout.on('error', error => {
  process.exit(errnoOf(error) === 'EPIPE' ? 0 : failed);
});

try {
  process.exitCode = await run(readArguments(process.argv.slice(2)));
} catch (error) {
  if (error instanceof UsageError) {
    complain(`${error.message} (see syscape --help)`);
    process.exitCode = misused;
  } else {
    complain(
      error instanceof OutputError
        ? error.message
        : `unexpected: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    process.exitCode = failed;
  }
}
