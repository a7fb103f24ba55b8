/** The command line as a command. Pure: says what is wrong with it, prints and runs nothing. */

import { parseArgs } from 'node:util';
import { severities, type FindingChoice, type Severity } from '../trace/findings/finding.js';
import { rules } from '../trace/findings/rules.js';

export type Command =
  | { kind: 'help' }
  | { kind: 'version' }
  | { kind: 'files'; paths: string[]; format: ReportFormat }
  | { kind: 'program'; program: string; args: string[]; format: ReportFormat; capture: CaptureChoice }
  | { kind: 'checkFiles'; paths: string[]; check: CheckChoice }
  | { kind: 'checkProgram'; program: string; args: string[]; check: CheckChoice; capture: CaptureChoice };

export interface CheckChoice {
  /** Findings of this severity, or a graver one, make the check fail. */
  failOn: Severity;
  /** Where to write the findings as SARIF; null: nowhere. */
  sarif: string | null;
  /** What is told, and how gravely. */
  findings: FindingChoice;
}

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
  'fail-on': { type: 'string' },
  sarif: { type: 'string' },
  severity: { type: 'string', multiple: true },
  'zombie-ms': { type: 'string' },
  'orphan-ms': { type: 'string' },
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
  if (name !== 'report' && name !== 'check')
    throw new UsageError(`"${name}" is not a command; there are: syscape report, syscape check`);
  refuse(
    name,
    name === 'check' ? ['json', 'output'] : ['fail-on', 'sarif', 'severity', 'zombie-ms', 'orphan-ms'],
    values,
  );
  const check = {
    failOn: severityOf(values['fail-on']),
    sarif: nonEmpty('--sarif', values.sarif),
    findings: {
      severities: chosenSeverities(values.severity ?? []),
      ...milliseconds('zombieMs', 'zombie-ms', values['zombie-ms']),
      ...milliseconds('orphanMs', 'orphan-ms', values['orphan-ms']),
    },
  };
  const format = { json: values.json ?? false, output: nonEmpty('--output', values.output) };
  if (program === null) {
    const named = logFiles(name, paths, values);
    return name === 'check' ? { kind: 'checkFiles', paths: named, check } : { kind: 'files', paths: named, format };
  }
  if (paths.length > 0) throw new UsageError('give either log files or, after --, a program to trace; not both');
  const [executable, ...args] = program;
  if (executable === undefined || executable === '') throw new UsageError('the program to trace is missing after --');
  const strace = nonEmpty('--strace', values.strace) ?? 'strace';
  const capture = { strace, allCalls: values.all ?? false, log: nonEmpty('--log', values.log) };
  return name === 'check'
    ? { kind: 'checkProgram', program: executable, args, check, capture }
    : { kind: 'program', program: executable, args, format, capture };
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

/** The log files that a command is given, when it is given no program. */
function logFiles(command: string, paths: string[], values: Record<string, unknown>): string[] {
  for (const name of ['log', 'all', 'strace']) {
    if (values[name] !== undefined)
      throw new UsageError(`--${name} is for tracing a program: syscape ${command} --${name} … -- PROGRAM`);
  }
  if (paths.length === 0) throw new UsageError('give a log file, a folder of logs, or -- and a program');
  if (paths.includes('')) throw new UsageError('a file name is empty');
  return paths;
}

/** Options of another command. */
function refuse(command: string, names: readonly string[], values: Record<string, unknown>): void {
  for (const name of names)
    if (values[name] !== undefined) throw new UsageError(`syscape ${command} has no option --${name}`);
}

function severityOf(value: string | undefined): Severity {
  const severity = severities.find(s => s === (value ?? 'warning'));
  if (severity === undefined) throw new UsageError(`--fail-on is one of ${severities.join(', ')}`);
  return severity;
}

/** `zombie=error`, `orphan=off` … */
function chosenSeverities(choices: readonly string[]): NonNullable<FindingChoice['severities']> {
  const pairs = choices.map((choice): [string, Severity | 'off'] => {
    const [rule = '', level] = choice.split('=');
    const severity = [...severities, 'off' as const].find(each => each === level);
    if (!severity)
      throw new UsageError(`--severity is RULE=LEVEL, and a level is one of ${severities.join(', ')}, off`);
    if (!rules.some(({ id }) => id === rule)) throw new UsageError(`there is no rule "${rule}"`);
    return [rule, severity];
  });
  return Object.fromEntries(pairs);
}

function milliseconds(key: 'zombieMs' | 'orphanMs', option: string, text: string | undefined): FindingChoice {
  if (text === undefined) return {};
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--${option} is a number of milliseconds`);
  return { [key]: Number(text) };
}

function nonEmpty(option: string, value: string | undefined): string | null {
  if (value === '') throw new UsageError(`${option} needs a value that is not empty`);
  return value ?? null;
}
