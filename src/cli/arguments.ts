/** The command line as a command. Pure: says what is wrong with it, prints and runs nothing. */

import { parseArgs } from 'node:util';

export type Command =
  | { kind: 'help' }
  | { kind: 'version' }
  | { kind: 'files'; paths: string[]; format: ReportFormat }
  | { kind: 'program'; program: string; args: string[]; format: ReportFormat; capture: CaptureChoice };

export interface ReportFormat {
  json: boolean;
  /** File for the report; null: standard output. */
  output: string | null;
}

export interface CaptureChoice {
  strace: string;
  allCalls: boolean;
  /** Where to keep strace's log; null: nowhere. */
  log: string | null;
}

/** The command line makes no sense; the message says why, in one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const options = {
  json: { type: 'boolean' },
  output: { type: 'string', short: 'o' },
  log: { type: 'string' },
  all: { type: 'boolean' },
  strace: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
} as const;

/** `argv`: what follows the command's own name. Throws a UsageError. */
export function readArguments(argv: readonly string[]): Command {
  const dashes = argv.indexOf('--');
  const own = dashes < 0 ? argv : argv.slice(0, dashes);
  const program = dashes < 0 ? null : argv.slice(dashes + 1);
  const { values, positionals } = parse(own);
  if (values.help) return { kind: 'help' };
  if (values.version) return { kind: 'version' };
  const [name, ...paths] = positionals;
  if (name === undefined) throw new UsageError('what to do is missing: syscape report FILE…');
  if (name !== 'report') throw new UsageError(`"${name}" is not a command; there is only: syscape report`);
  const format = { json: values.json ?? false, output: nonEmpty('--output', values.output) };
  if (program === null) return filesCommand(paths, format, values);
  if (paths.length > 0) throw new UsageError('give either log files or, after --, a program to trace; not both');
  const [executable, ...args] = program;
  if (executable === undefined || executable === '') throw new UsageError('the program to trace is missing after --');
  const strace = nonEmpty('--strace', values.strace) ?? 'strace';
  const capture = { strace, allCalls: values.all ?? false, log: nonEmpty('--log', values.log) };
  return { kind: 'program', program: executable, args, format, capture };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    // Node's sentence goes on with advice that is not ours.
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError((message.split(/\. |\n/)[0] ?? message).replace(/\.$/, ''), { cause: error });
  }
}

function filesCommand(paths: string[], format: ReportFormat, values: Record<string, unknown>): Command {
  for (const name of ['log', 'all', 'strace']) {
    if (values[name] !== undefined)
      throw new UsageError(`--${name} is for tracing a program: syscape report --${name} … -- PROGRAM`);
  }
  if (paths.length === 0) throw new UsageError('give a log file, a folder of logs, or -- and a program');
  if (paths.includes('')) throw new UsageError('a file name is empty');
  return { kind: 'files', paths, format };
}

function nonEmpty(option: string, value: string | undefined): string | null {
  if (value === '') throw new UsageError(`${option} needs a value that is not empty`);
  return value ?? null;
}
