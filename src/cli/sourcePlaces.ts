/** The lines of C that findings of a log with stacks (`strace -k`) lead to, and which of them comments in the source ignore. */

import { readFileSync, statSync } from 'node:fs';
import { blamedStep } from '../trace/findings/blamedStep.js';
import { readCaptureFacts } from '../trace/source/captureFacts.js';
import { ignoredRules, type IgnoredRules } from '../trace/source/ignoreComments.js';
import { StackResolver } from '../trace/source/stackResolver.js';
import type { ListedFinding } from './listedFindings.js';

interface SourceLine {
  path: string;
  /** From 1. */
  line: number;
}

export interface PlacedFinding extends ListedFinding {
  /** Line that is to be changed; undefined when it is not known, or its file was edited after the trace. */
  source?: SourceLine | undefined;
}

/** `tracedAtMs`: when the trace began, milliseconds since 1970; null: as the file's own time says. */
export async function placed(
  findings: readonly ListedFinding[],
  logPath: string,
  tracedAtMs: number | null,
): Promise<{ told: PlacedFinding[]; ignored: PlacedFinding[] }> {
  if (!findings.some(({ stacks }) => stacks.some(stack => stack.length > 0)))
    return { told: findings.map(each => ({ ...each, source: undefined })), ignored: [] };
  const facts = await readCaptureFacts(logPath);
  const resolver = new StackResolver({
    backend: facts?.stackBackend ?? 'unknown',
    tracedAtMs: tracedAtMs ?? statSync(logPath, { throwIfNoEntry: false })?.mtimeMs ?? null,
    objects: facts?.objects ?? {},
    sourceMap: {},
  });
  const comments = new Map<string, IgnoredRules>();
  const told: PlacedFinding[] = [];
  const ignored: PlacedFinding[] = [];
  try {
    for (const each of findings) {
      const lines = await Promise.all(each.stacks.map(async stack => innermost(await resolver.resolve(stack))));
      const source = lines[blamedStep(each.finding, step => lines[step] !== undefined)];
      const rulesHere = source && commentsOf(source.path, comments).get(source.line);
      (rulesHere?.has(each.finding.rule) ? ignored : told).push({ ...each, source });
    }
  } finally {
    resolver.dispose();
  }
  return { told, ignored };
}

function innermost({ frames }: Awaited<ReturnType<StackResolver['resolve']>>): SourceLine | undefined {
  const place = frames.find(frame => frame.place)?.place;
  return place && !place.changed ? { path: place.path, line: place.line } : undefined;
}

function commentsOf(path: string, known: Map<string, IgnoredRules>): IgnoredRules {
  let rules = known.get(path);
  if (!rules) known.set(path, (rules = ignoredRules(readFileSync(path, 'utf8'))));
  return rules;
}
