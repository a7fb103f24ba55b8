/** Records a program of examples/ as the extension would: for goldens that are not there yet. Needs gcc and strace. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { straceArguments } from '../../../src/trace/capture/commandLine.js';
import { probeStrace } from '../../../src/trace/capture/probe.js';
import { removeLeftIpc } from '../../support/leftIpc.js';

const examples = fileURLToPath(new URL('../../../examples', import.meta.url));

/** Enough for any finding: a program that does the same a thousand times is cut. */
const mostCharacters = 64_000;

/** The log's first lines. Linked statically: the loader's thirty lines say nothing about a finding. */
export async function recordExample(name: string): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'syscape-golden-'));
  try {
    const source = path.join(examples, `${name}.c`);
    await execa('gcc', ['-g', '-O0', '-pthread', '-static', '-o', path.join(folder, name), source]);
    const { version } = await probeStrace('strace');
    const logPath = path.join(folder, 'log');
    const program = `./${name}`;
    const settings = { environment: { TMPDIR: folder }, syscalls: 'focus', stringLimit: 32, stacks: false } as const;
    const args = straceArguments(version, { logPath, program, args: [], ...settings });
    await execa('strace', args, { cwd: folder, reject: false, timeout: 30_000, stdin: 'ignore' });
    const log = readFileSync(logPath, 'latin1').replaceAll(folder, '/tmp/work');
    return log.length <= mostCharacters ? log : log.slice(0, log.lastIndexOf('\n', mostCharacters) + 1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    removeLeftIpc();
  }
}
