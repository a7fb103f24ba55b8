/** The pages about processes, channels, waiting and time: what they say of recorded runs. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Trace } from '../../../src/trace/trace.js';
import type { Page, PageId, PageSection } from '../../../src/words/pages/page.js';
import { statePage } from '../../../src/words/pages/statePage.js';
import { plainTranslate } from '../../../src/words/translate.js';
import { pageSource } from '../../support/pageSource.js';
import { fork, handMade } from '../model/modelFixture.js';
import { traceOf } from '../trace/traceFixture.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const golden = (name: string): Trace =>
  traceOf(readFileSync(join(root, 'test/golden', name.includes('/') ? name : `${name}/trace.strace`), 'utf8'));

function page(trace: Trace, id: PageId, thread: number | null, atNs: number | null = null): Promise<Page> {
  const range = { startNs: 0, endNs: trace.summary().endNs + 1, lanes: null, filter: null };
  return statePage(pageSource(trace), { page: id, thread, atNs, range, onlyProcess: false }, plainTranslate);
}

/** A section's texts, a line each. */
function texts(shown: Page, id: string): string[] {
  const section = shown.sections.find(s => s.id === id);
  assert.ok(section, `section ${id} of ${shown.sections.map(s => s.id).join(' ')}`);
  return lines(section);
}

function lines(section: PageSection): string[] {
  switch (section.kind) {
    case 'facts':
      return section.facts.map(f => `${f.label}: ${f.cells.map(cell => cell.text).join(' ')}`);
    case 'table':
      return section.rows.map(row => row.map(cell => cell.text).join(' | '));
    case 'steps':
      return section.steps.map(step => `${step.done ? 'x' : '-'} ${step.cell.text}`);
    case 'shares':
      return section.parts.map(part => `${part.state} ${part.text}`);
  }
}

describe('the process page', () => {
  it('says who a daemon is and ticks its steps', async () => {
    const shown = await page(golden('daemon'), 'process', 2);
    assert.deepEqual(texts(shown, 'daemon').map(step => step[0]).join(''), 'xxxxx-'); // prettier-ignore
    const identity = texts(shown, 'identity');
    assert.ok(identity.includes('Session: 31410') && identity.includes('Terminal: none: setsid left it'));
    assert.ok(identity.includes('Directory: /') && identity.includes('umask: 0000'));
    assert.deepEqual(texts(shown, 'blocked'), ['clock_nanosleep | for time to pass | 1 | 20.2 ms | 20.2 ms | ']);
    assert.match(shown.sections[0]?.note ?? '', /^Waits for others: .* Tracing takes about 6 µs/);
  });

  it('says what a process does about signals, and what arrived from whom', async () => {
    const shown = await page(golden('model-eintr-good'), 'process', 0);
    assert.ok(texts(shown, 'dispositions').some(line => /^SIGALRM \| handler 0x/.test(line)));
    const arrived = texts(shown, 'deliveries');
    assert.match(arrived[0] ?? '', /SIGALRM \|  \| handler ran .*, the interrupted call failed with EINTR$/);
    assert.match(arrived[1] ?? '', /SIGCHLD \| 2933 \| $/);
  });

  it('asks for a lane when none is selected', async () => {
    const shown = await page(golden('daemon'), 'process', null);
    assert.deepEqual(shown.sections, []);
    assert.match(shown.empty, /Select a lane/);
  });
});

describe('the channels page', () => {
  it('lists a connection with its ends and bytes, and sockets as ss does, at a moment', async () => {
    const trace = golden('model-tcp-echo');
    const shown = await page(trace, 'channels', null, 150e6);
    assert.deepEqual(texts(shown, 'connections'), [
      'TCP | 127.0.0.1:39853 | 3965:4 | 3964:4 | 10 B → 10 B ← | 10 B → 0 B ← | 10 B | open',
    ]);
    const sockets = texts(shown, 'sockets').map(line => line.split(' | ').slice(0, 3).join(' '));
    assert.deepEqual(sockets, ['3964 3 listening', '3964 4 connected', '3965 3 listening', '3965 4 connected']);
  });
});

describe('the waiting page', () => {
  it('says what became of each readiness, and marks what edge-triggering lost', async () => {
    const shown = await page(golden('model-et-bad'), 'waiting', 0);
    assert.match(texts(shown, 'readiness').join('\n'), /EPOLLIN \| edge \| 1 call \| not drained/);
    assert.deepEqual(texts(shown, 'uses'), ['epoll | 3008 | 2 | 0 | 0.5 | 1 | 1 | 701 ms']);
  });

  it('draws the circle of processes that wait for each other', async () => {
    const { trace } = handMade(`
      10 pipe2([3<pipe:[1]>, 4<pipe:[1]>], 0) = 0 <0.000010>
      10 pipe2([5<pipe:[2]>, 6<pipe:[2]>], 0) = 0 <0.000010>
      10 ${fork} = 11 <0.000100>
      10 close(4<pipe:[1]>) = 0 <0.000010>
      10 close(5<pipe:[2]>) = 0 <0.000010>
      11 close(3<pipe:[1]>) = 0 <0.000010>
      11 close(6<pipe:[2]>) = 0 <0.000010>
      10 read(3<pipe:[1]>,  <unfinished ...>
      11 read(5<pipe:[2]>,  <unfinished ...>`);
    const shown = await page(trace, 'waiting', null);
    assert.deepEqual(texts(shown, 'circle'), ['Circle: 10 waits for 11 waits for']);
  });

  it('says when no thread is left to wake the others', async () => {
    const trace = golden('findings/deadlock/bad.strace');
    const shown = await page(trace, 'waiting', null, trace.summary().endNs * 0.6);
    assert.match(texts(shown, 'circle')[0] ?? '', /living threads all wait to be woken, and none is left/);
  });
});

describe('the time page', () => {
  it('tells kinds of processes apart by where their time went', async () => {
    const { trace } = handMade(`
      10 getpid() = 10 <0.000010>
      10 ${fork} = 11 <0.000100>
      11 read(0</dev/pts/1<char 136:1>>,  <unfinished ...>
      10 getpid() = 10 <0.000010>
      10 getpid() = 10 <0.000010>
      10 getpid() = 10 <0.000010>
      10 getpid() = 10 <0.000010>
      11 <... read resumed>"x", 1) = 1 <0.005000>
      11 +++ exited with 0 +++
      10 getpid() = 10 <0.000010>`);
    const kinds = texts(await page(trace, 'time', null), 'times').map(line => line.split(' | ').slice(0, 2).join(' '));
    assert.deepEqual(kinds.map(kind => kind.trim()).sort(), ['10 CPU-bound', '11 I/O-bound']);
  });
});
