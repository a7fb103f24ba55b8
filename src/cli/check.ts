/** `syscape check`: findings in words to standard output, as SARIF to a file, and an exit status for CI. */

import { writeFile } from 'node:fs/promises';
import { severities, type Severity } from '../trace/findings/finding.js';
import type { CheckChoice } from './arguments.js';
import { checkText } from './checkText.js';
import { listedFindings } from './listedFindings.js';
import { readTrace } from './readTrace.js';
import { sarif } from './sarif.js';
import { placed, type PlacedFinding } from './sourcePlaces.js';

export interface CheckedLog {
  /** As it was named: a path, or the program that was traced. */
  name: string;
  /** null when the log is gone after the check. */
  logPath: string | null;
  findings: readonly PlacedFinding[];
  /** How many comments in the sources hide. */
  ignored: number;
}

/** `path`: the log to read; `keptAt`: where it can be found afterwards. Throws a TraceError when it cannot be read. */
export async function checkLog(
  name: string,
  path: string,
  keptAt: string | null,
  choice: CheckChoice,
): Promise<CheckedLog> {
  const { listed, originEpochNs } = readTrace(path, trace => ({
    listed: listedFindings(trace, choice.findings),
    originEpochNs: trace.summary().originEpochNs,
  }));
  const tracedAtMs = originEpochNs === null ? null : Number(BigInt(originEpochNs) / 1_000_000n);
  const { told, ignored } = await placed(listed, path, tracedAtMs);
  return { name, logPath: keptAt, findings: told, ignored: ignored.length };
}

export function checkReport(checked: readonly CheckedLog[]): string {
  return checked.map(({ name, findings, ignored }) => checkText(name, findings, ignored)).join('\n');
}

export async function writeSarif(choice: CheckChoice, version: string, checked: readonly CheckedLog[]): Promise<void> {
  if (choice.sarif !== null)
    await writeFile(choice.sarif, `${JSON.stringify(sarif(version, checked), undefined, 2)}\n`);
}

/** True when something of this severity, or graver, was found. */
export function fails(failOn: Severity, checked: readonly CheckedLog[]): boolean {
  const limit = severities.indexOf(failOn);
  return checked.some(({ findings }) => findings.some(({ finding }) => severities.indexOf(finding.severity) <= limit));
}
