/** What is true of all findings: they come and go with the trace, are grouped, sorted and put into words, and reach the command line. */

import assert from 'node:assert/strict';
import { findingWords } from '../../../src/words/findingWords.js';
import { findingTexts } from '../../../src/words/findingTexts.js';
import { plainTranslate } from '../../../src/words/translate.js';
import { concepts } from '../../../src/trace/knowledge/concepts.js';
import { rules } from '../../../src/trace/findings/rules.js';
import { MemoryLog } from '../../../src/trace/store/logReader.js';
import { Trace } from '../../../src/trace/trace.js';
import { listedFindings } from '../../../src/cli/listedFindings.js';
import { checkText } from '../../../src/cli/checkText.js';
import { sarif } from '../../../src/cli/sarif.js';
import { brief, feed, traceOf } from './traceText.js';

const zombies = (count: number): string => {
  const lines: string[] = [];
  for (let i = 0; i < count; i++)
    lines.push(`10 0.${i} clone(child_stack=NULL, flags=SIGCHLD) = ${11 + i} <0.000100>
      ${11 + i} 0.${i} +++ exited with 0 +++`);
  for (let i = 0; i < count; i++) lines.push(`10 2.${i} wait4(${11 + i}, NULL, 0, NULL) = ${11 + i} <0.000010>`);
  return `${lines.join('\n')}\n`;
};

describe('findings', () => {
  it('come while the program runs, and go when a later event disproves them', () => {
    const log = new MemoryLog();
    const trace = new Trace({ log });
    feed(
      trace,
      log,
      `10 0.0 mknodat(AT_FDCWD, "/tmp/f", S_IFIFO|0600) = 0 <0.000010>
      10 0.1 openat(AT_FDCWD, "/tmp/f", O_WRONLY <unfinished ...>
      11 0.2 getpid() = 11 <0.000010>\n`,
    );
    assert.deepEqual(trace.findings().map(brief), []);
    feed(trace, log, '11 1.0 getpid() = 11 <0.000010>\n');
    assert.deepEqual(trace.findings().map(brief), ['info fifo-open-blocked']);
    feed(trace, log, '10 1.1 <... openat resumed>) = 3 <1.000000>\n');
    assert.deepEqual(trace.findings().map(brief), []);
  });

  it('are as grave as somebody wants them, or not told at all', () => {
    const trace = traceOf(zombies(1));
    assert.deepEqual(trace.findings({ severities: { zombie: 'error' } }).map(brief), ['error zombie']);
    assert.deepEqual(trace.findings({ severities: { zombie: 'off', orphan: 'error' } }).map(brief), []);
    assert.deepEqual(trace.findings({ zombieMs: 3000 }).map(brief), []);
    assert.deepEqual(trace.findings().map(brief), ['warning zombie']);
  });

  it('of one cause in one process are one, with a count and the first as evidence', () => {
    const [finding, ...others] = traceOf(zombies(3)).findings();
    assert.deepEqual([others.length, finding?.rule, finding?.count, finding?.values['child']], [0, 'zombie', 3, 11]);
  });

  it('of a program that leaks all it has open to another are one', () => {
    const lines = ['10 0.0 execve("./server", ["./server"], 0x1 /* 3 vars */) = 0 <0.000100>'];
    for (let fd = 3; fd < 9; fd++)
      lines.push(`10 0.1 openat(AT_FDCWD, "/data/${fd}", O_RDWR) = ${fd}</data/${fd}> <0.000010>`);
    // As popen does it: a shell that executes the program in its own place.
    lines.push(
      '10 0.2 clone(child_stack=NULL, flags=SIGCHLD) = 11 <0.000100>',
      '11 0.3 execve("/bin/sh", ["sh", "-c", "locale -a"], 0x1 /* 3 vars */) = 0 <0.000100>',
      '11 0.4 execve("/usr/bin/locale", ["locale", "-a"], 0x1 /* 3 vars */) = 0 <0.000100>',
      '11 0.5 +++ exited with 0 +++',
    );
    const [finding, ...others] = traceOf(`${lines.join('\n')}\n`).findings();
    assert.deepEqual(
      [others.length, finding?.rule, finding?.count, finding?.values['fd']],
      [0, 'missing-cloexec', 6, 3],
    );
  });

  it('say what is wrong, and what each event of their evidence shows', () => {
    const [finding] = traceOf(zombies(2)).findings();
    assert.ok(finding);
    const words = findingWords(finding, plainTranslate);
    assert.equal(words.message, 'child 11 was dead for 2 s before anybody waited for it (2 times)');
    assert.deepEqual(words.steps, ['the child is created', 'the child ends', 'it is reaped, late']);
  });

  it('have words for every rule, and no words without one', () => {
    assert.deepEqual(Object.keys(findingTexts).sort(), rules.map(rule => rule.id).sort());
    for (const { explanation } of Object.values(findingTexts)) {
      const sentences = explanation.split(/[.] (?=[A-Za-z])/).length;
      assert.ok(sentences >= 2 && sentences <= 5, explanation);
    }
  });

  it('have rules that point to a concept of the knowledge base', () => {
    const known = new Set(concepts.map(concept => concept.id));
    assert.deepEqual(
      rules.filter(rule => !known.has(rule.concept)).map(rule => rule.id),
      [],
    );
  });

  it('are printed with the lines of the log that prove them', () => {
    const text = checkText('a.strace', listedFindings(traceOf(zombies(1))));
    assert.match(text, /^a\.strace: warning: child 11 was dead for 2 s .* \[zombie\]\n {2}process 10\. /);
    assert.match(text, /\n {2}line 3: it is reaped, late\n {4}10 .* wait4\(11/);
    assert.equal(checkText('a.strace', []), 'a.strace: nothing found\n');
  });

  it('are SARIF results whose lines are those of the log', () => {
    const findings = listedFindings(traceOf(zombies(1)));
    const log = sarif('1.2.3', [{ logPath: '/tmp/a.strace', findings }]) as {
      version: string;
      runs: { results: { ruleId: string; level: string; ruleIndex: number; locations: unknown }[] }[];
    };
    const [result] = log.runs[0]?.results ?? [];
    assert.deepEqual([log.version, result?.ruleId, result?.level], ['2.1.0', 'zombie', 'warning']);
    assert.equal(rules[result?.ruleIndex ?? -1]?.id, 'zombie');
    assert.deepEqual(result?.locations, [
      {
        physicalLocation: { artifactLocation: { uri: 'file:///tmp/a.strace' }, region: { startLine: 3 } },
        message: { text: 'it is reaped, late' },
      },
    ]);
  });
});
