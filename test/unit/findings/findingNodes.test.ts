/** The Findings tree: what its rows are, without VS Code. */

import assert from 'node:assert/strict';
import { findingTree, graveCount, type RootNode, type TreeFinding } from '../../../src/views/findings/findingNodes.js';
import { findingWords } from '../../../src/words/findingWords.js';
import { plainTranslate } from '../../../src/words/translate.js';
import { traceOf } from './traceText.js';

const log = `10 0.0 mmap(NULL, 0, PROT_READ, MAP_PRIVATE, 3, 0) = -1 EINVAL (Invalid argument) <0.000010>
  10 0.1 clone(child_stack=NULL, flags=SIGCHLD) = 11 <0.000100>
  10 0.1 clone(child_stack=NULL, flags=SIGCHLD) = 12 <0.000100>
  11 0.2 getppid() = 10 <0.000010>
  12 0.2 getppid() = 10 <0.000010>
  10 0.3 +++ exited with 0 +++
  11 0.9 +++ exited with 0 +++
  12 0.9 +++ exited with 0 +++\n`;

const findingsOf = (text: string): TreeFinding[] =>
  traceOf(text)
    .findings()
    .map(finding => {
      const words = findingWords(finding, plainTranslate);
      const steps = words.steps.map((step, i) => ({ text: step, at: i === 0 ? 'a.c:3' : undefined, main: i === 0 }));
      return { key: `${finding.rule}/${finding.evidence[0]?.row}`, finding, words, steps, hasLine: true };
    });
const rulesOf = (roots: RootNode[]) => roots.flatMap(node => (node.kind === 'rule' ? node : []));
const treeOf = (text: string) => rulesOf(findingTree(findingsOf(text)));

describe('findings tree', () => {
  it('has a row a rule, the gravest first, with its findings and their evidence below', () => {
    const roots = treeOf(log);
    assert.deepEqual(
      roots.map(rule => [rule.label, rule.severity, rule.children.map(finding => finding.description)]),
      [
        ['mmap of length 0', 'error', ['10 · a.c:3']],
        ['Orphan', 'info', ['11 · a.c:3', '12 · a.c:3']],
      ],
    );
    assert.deepEqual(
      roots[1]?.children[0]?.children.map(step => step.label),
      ['1. the process is created', '2. its parent ends first'],
    );
  });

  it('keeps the key of a row that stays when the trace grows', () => {
    const grown = treeOf(`${log}13 1.0 getpid() = 13 <0.000010>\n`);
    const keys = (roots: typeof grown) => roots.flatMap(rule => rule.children.map(finding => finding.key));
    assert.deepEqual(keys(grown), keys(treeOf(log)));
    assert.equal(new Set(keys(grown)).size, 3);
  });

  it('ends with what is not told, and why', () => {
    const [shown, ...hidden] = findingsOf(log);
    assert.ok(shown);
    const [, hiddenNode, off, ...others] = findingTree([shown], hidden, ['zombie']);
    assert.ok(hiddenNode?.kind === 'hidden' && off?.kind === 'off');
    assert.deepEqual(
      hiddenNode.children.map(({ rule, parent }) => [rule, parent]),
      [
        ['orphan', hiddenNode],
        ['orphan', hiddenNode],
      ],
    );
    assert.deepEqual([off.rules, others], [['zombie'], []]);
    assert.equal(graveCount([hiddenNode, off]), 0);
  });

  it('counts for the badge what is graver than info', () => {
    assert.equal(graveCount(treeOf(log)), 1);
  });
});
