/**
 * One file on several threads says what it says on one, wherever it is cut. The package is bundled as it is published, because
 * workers load files, not what a loader makes of them.
 */

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { StraceParser } from 'strace-parser';
import type * as NodeEntry from 'strace-parser/node';
import { bundle } from '../scripts/bundle.mjs';
import { createPart } from './support/dumpPart.js';
import { randomOf } from './support/ways.js';

const golden = join(import.meta.dirname, 'golden');

/** Records of one parser over the whole. */
function onOneThread(bytes: Uint8Array): string[] {
  const part = createPart();
  const parser = new StraceParser(part.sink);
  parser.push(bytes);
  parser.end();
  return part.result();
}

/** A log of `threads` threads whose calls are nearly all interrupted by one another, and that are born, killed and signalled. */
function pingPong(lines: number, threads: number, seed: number): string {
  const random = randomOf(seed);
  const inCall = new Map<number, string>();
  let text = '';
  let nextPid = 100;
  const alive = Array.from({ length: threads }, () => nextPid++);
  for (let i = 0; i < lines; i++) {
    const at = Math.floor(random() * alive.length);
    const pid = alive[at] as number;
    const head = `${String(pid).padEnd(5)} ${(1795228800 + i / 1e6).toFixed(6)} `;
    const name = inCall.get(pid);
    if (random() < 0.002) {
      text += `${head}+++ killed by SIGKILL +++\n`;
      alive[at] = nextPid++;
      inCall.delete(pid);
    } else if (random() < 0.01)
      text += `${head}--- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_USER, si_pid=${pid}, si_uid=0} ---\n`;
    else if (name === undefined && random() < 0.03) text += `${head}getpid() = ${pid} <0.000004>\n`;
    else if (name === undefined) {
      inCall.set(pid, random() < 0.5 ? 'read' : 'write');
      text += `${head}${inCall.get(pid)}(${i % 9},  <unfinished ...>\n`;
    } else {
      inCall.delete(pid);
      text += `${head}<... ${name} resumed>"x <unfinished ...>", 1) = 1 <0.000011>\n`;
    }
  }
  return text;
}

describe('parseFile', () => {
  const folder = mkdtempSync(join(tmpdir(), 'strace-parser-'));
  const log = join(folder, 'log');
  const task = join(folder, 'dumpPart.mjs');
  let node: typeof NodeEntry;

  before(async function () {
    this.timeout(30_000);
    await bundle(join(folder, 'package'));
    await build({
      entryPoints: [join(import.meta.dirname, 'support/dumpPart.ts')],
      outfile: task,
      bundle: true,
      format: 'esm',
      platform: 'node',
      conditions: ['source'],
    });
    node = (await import(pathToFileURL(join(folder, 'package/node/index.js')).href)) as typeof NodeEntry;
  });
  after(() => rmSync(folder, { recursive: true }));

  async function check(bytes: Uint8Array, parts: number, threads = 2): Promise<NodeEntry.ParsedFile<string[]>> {
    writeFileSync(log, bytes);
    const parsed = await node.parseFile<string[]>(log, { task, threads, parts });
    assert.deepEqual(parsed.results.flat(), onOneThread(bytes));
    return parsed;
  }

  it('reads every golden trace as one thread does', async function () {
    this.timeout(120_000);
    for (const of of ['versions', 'options'])
      for (const name of readdirSync(join(golden, of)).filter(file => file.endsWith('.strace')))
        // Starting a thread costs more than such a log: one does the parts in turn. The other logs here get two.
        await check(readFileSync(join(golden, of, name)), 5, 1);
  });

  it('joins calls across many cuts of a log that is nearly all interrupted calls', async function () {
    this.timeout(60_000);
    const parsed = await check(Buffer.from(pingPong(40_000, 12, 7)), 97);
    assert.equal(parsed.results.length, 97);
    assert.equal(parsed.readAgain, 0);
    assert.equal(parsed.lines, 40_000);
  });

  it('can be cut after every line', async function () {
    this.timeout(60_000);
    const parsed = await check(Buffer.from(pingPong(300, 4, 11)), 300 * 60);
    assert.ok(parsed.results.length > 250, `${parsed.results.length} parts`);
  });

  it('reads a part again when a call in progress there could not be guessed', async function () {
    this.timeout(60_000);
    // The marker stands inside a string that strace did not escape: a whole call that looks like an entered one.
    const odd = '100   1795228800.000000 write(1, "<unfinished ...>", 16) = 16</dev/...>\n';
    const whole = '101   1795228800.000001 read(0, "", 1) = 0\n';
    const parsed = await check(Buffer.from(odd + whole.repeat(2)), 3);
    assert.ok(parsed.readAgain > 0);
  });

  it('reads a log that cannot be cut in one part', async () => {
    const relative = Buffer.from('100        0.000000 close(3) = 0\n'.repeat(50));
    assert.equal((await check(relative, 4)).results.length, 1);
    assert.equal((await check(new Uint8Array(0), 4)).results.length, 1);
  });

  it('fails with what the task threw', async () => {
    const broken = join(folder, 'broken.mjs');
    writeFileSync(
      broken,
      'export const createPart = () => ({ sink: { call() { throw new Error("no room"); } }, result() {} });',
    );
    writeFileSync(log, 'close(3) = 0\n');
    await assert.rejects(node.parseFile(log, { task: broken }), /no room/);
  });
});
