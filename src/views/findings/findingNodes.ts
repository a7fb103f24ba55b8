/**
 * The rows of the Findings tree: rules, the gravest first; below each its findings; below each of these its evidence, in order; at the end
 * what is not told and why. Pure. Keys are stable while a finding stays, so that VS Code keeps what is expanded.
 */

import { severities, type Finding, type Severity } from '../../trace/findings/finding.js';
import type { FindingWords } from '../../words/findingWords.js';

/** What the tree needs of a finding. */
export interface TreeFinding {
  key: string;
  finding: Finding;
  words: FindingWords;
  /** The step whose line is to be changed; `at`: `server.c:87`, where the lines are known. */
  steps: readonly { text: string; at: string | undefined; main: boolean }[];
  /** The line of C can be opened. */
  hasLine: boolean;
}

interface RuleNode {
  kind: 'rule';
  key: string;
  rule: string;
  label: string;
  severity: Severity;
  explanation: string;
  children: FindingNode[];
}
interface FindingNode {
  kind: 'finding';
  key: string;
  label: string;
  description: string;
  rule: string;
  severity: Severity;
  explanation: string;
  hasLine: boolean;
  parent: RuleNode | HiddenNode;
  children: EvidenceNode[];
}
interface EvidenceNode {
  kind: 'evidence';
  key: string;
  label: string;
  description: string;
  /** Index in the finding's evidence. */
  step: number;
  parent: FindingNode;
}
/** Findings that comments in the sources hide. */
interface HiddenNode {
  kind: 'hidden';
  key: string;
  children: FindingNode[];
}
/** Rules that are switched off in the settings. */
interface OffNode {
  kind: 'off';
  key: string;
  rules: readonly string[];
}
export type RootNode = RuleNode | HiddenNode | OffNode;
export type FindingTreeNode = RootNode | FindingNode | EvidenceNode;

/** `shown`: as the trace gives them, the gravest first. */
export function findingTree(
  shown: readonly TreeFinding[],
  hidden: readonly TreeFinding[] = [],
  switchedOff: readonly string[] = [],
): RootNode[] {
  const rules = new Map<string, RuleNode>();
  for (const each of shown) {
    const { rule: id, severity } = each.finding;
    const { title: label, explanation } = each.words;
    let rule = rules.get(id);
    if (!rule) rules.set(id, (rule = { kind: 'rule', key: id, rule: id, label, severity, explanation, children: [] }));
    rule.children.push(findingNode(each, rule));
  }
  const roots: RootNode[] = [...rules.values()].sort((a, b) => rank(a.severity) - rank(b.severity));
  if (hidden.length > 0) {
    const node: HiddenNode = { kind: 'hidden', key: 'hidden', children: [] };
    for (const each of hidden) node.children.push(findingNode(each, node));
    roots.push(node);
  }
  if (switchedOff.length > 0) roots.push({ kind: 'off', key: 'off', rules: switchedOff });
  return roots;
}

function rank(severity: Severity): number {
  return severities.indexOf(severity);
}

function findingNode({ key, finding, words, steps, hasLine }: TreeFinding, parent: RuleNode | HiddenNode): FindingNode {
  const { severity, pid, rule } = finding;
  const at = steps.find(({ main }) => main)?.at;
  const node: FindingNode = {
    kind: 'finding',
    key,
    label: words.message,
    description: at === undefined ? String(pid) : `${pid} · ${at}`,
    rule,
    severity,
    explanation: words.explanation,
    hasLine,
    parent,
    children: [],
  };
  node.children = steps.map(({ text, at: place }, i) => ({
    kind: 'evidence',
    key: `${key}/${i}`,
    label: `${i + 1}. ${text}`,
    description: place ?? '',
    step: i,
    parent: node,
  }));
  return node;
}

/** What the badge counts: what is worth looking at now. */
export function graveCount(roots: readonly RootNode[]): number {
  return roots
    .flatMap(node => (node.kind === 'rule' ? node.children : []))
    .filter(({ severity }) => severity !== 'info').length;
}
