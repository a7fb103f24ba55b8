/**
 * Findings as SARIF 2.1.0 (OASIS), for code scanning in CI. A result is at its line of C where that is known, else at the line of the log;
 * the evidence is lines of the log.
 */

import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import type { Severity } from '../trace/findings/finding.js';
import { rules } from '../trace/findings/rules.js';
import { findingTexts } from '../words/findingTexts.js';
import type { PlacedFinding } from './sourcePlaces.js';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** `logPath`: the log on this machine; null when it was not kept, and then results name no place. */
export function sarif(
  version: string,
  checked: readonly { logPath: string | null; findings: readonly PlacedFinding[] }[],
): object {
  const results = checked.flatMap(({ logPath, findings }) => findings.map(listed => result(logPath, listed)));
  const driver = { name: 'Syscape', version, rules: rules.map(described) };
  return { $schema: schema, version: '2.1.0', runs: [{ tool: { driver }, results }] };
}

function described({ id, severity, manPages, concept }: (typeof rules)[number]): object {
  const text = findingTexts[id];
  return {
    id,
    shortDescription: { text: text?.title ?? id },
    fullDescription: { text: text?.explanation ?? id },
    help: { text: `${text?.explanation ?? ''} See ${manPages.join(', ')}.` },
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: [concept] },
  };
}

function result(logPath: string | null, { finding, words, steps, source }: PlacedFinding): object {
  const inFile = (path: string, startLine: number): object => ({
    physicalLocation: { artifactLocation: { uri: pathToFileURL(resolve(path)).href }, region: { startLine } },
  });
  const location = (line: number, text: string): object => ({
    ...(logPath !== null && inFile(logPath, line)),
    message: { text },
  });
  const last = steps.at(-1);
  return {
    ruleId: finding.rule,
    ruleIndex: rules.findIndex(rule => rule.id === finding.rule),
    level: levels[finding.severity],
    message: { text: `Process ${finding.pid}: ${words.message}. ${words.explanation}` },
    occurrenceCount: finding.count,
    locations: source ? [inFile(source.path, source.line)] : last ? [location(last.line, last.text)] : [],
    codeFlows: [{ threadFlows: [{ locations: steps.map(step => ({ location: location(step.line, step.text) })) }] }],
  };
}
