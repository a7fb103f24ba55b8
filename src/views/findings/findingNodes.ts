/**
 * The rows of the Findings tree: rules, the gravest first; below each its findings; below each of these its evidence, in order.
 * Pure. Keys are stable while a finding stays, so that VS Code keeps what is expanded.
 */

import type { Row } from '../../trace/api.js';
import { severities, type Finding, type Severity } from '../../trace/findings/finding.js';
import type { FindingWords } from '../../words/findingWords.js';

export interface RuleNode {
  kind: 'rule';
  key: string;
  label: string;
  severity: Severity;
  explanation: string;
  children: FindingNode[];
}
interface FindingNode {
  kind: 'finding';
  key: string;
  label: string;
  severity: Severity;
  pid: number;
  parent: RuleNode;
  children: EvidenceNode[];
}
interface EvidenceNode {
  kind: 'evidence';
  key: string;
  label: string;
  row: Row;
  parent: FindingNode;
}
export type FindingTreeNode = RuleNode | FindingNode | EvidenceNode;

/** `findings`: as the trace gives them, the gravest first. */
export function findingTree(findings: readonly Finding[], wordsOf: (finding: Finding) => FindingWords): RuleNode[] {
  const rules = new Map<string, RuleNode>();
  for (const finding of findings) {
    const words = wordsOf(finding);
    let rule = rules.get(finding.rule);
    if (!rule) {
      const { severity } = finding;
      rule = {
        kind: 'rule',
        key: finding.rule,
        label: words.title,
        severity,
        explanation: words.explanation,
        children: [],
      };
      rules.set(finding.rule, rule);
    }
    rule.children.push(findingNode(finding, words, rule));
  }
  return [...rules.values()].sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}

function findingNode(finding: Finding, words: FindingWords, parent: RuleNode): FindingNode {
  const key = `${parent.key}/${finding.process}/${finding.evidence[0]?.row ?? ''}`;
  const { severity, pid } = finding;
  const node: FindingNode = { kind: 'finding', key, label: words.message, severity, pid, parent, children: [] };
  finding.evidence.forEach(({ row }, i) => {
    const step = words.steps[i] ?? '';
    node.children.push({ kind: 'evidence', key: `${key}/${i}`, label: `${i + 1}. ${step}`, row, parent: node });
  });
  return node;
}

/** What the badge counts: what is worth looking at now. */
export function graveCount(roots: readonly RuleNode[]): number {
  return roots.flatMap(rule => rule.children).filter(finding => finding.severity !== 'info').length;
}
