/** What this machine's C headers say, as the independent witness of the tables: asked of gcc, nothing is compiled to run. */

import { execa } from 'execa';

async function gcc(args: string[], source: string): Promise<{ stdout: string; stderr: string }> {
  const run = await execa('gcc', [...args, '-x', 'c', '-'], { input: source, reject: false, env: { LC_ALL: 'C' } });
  if (run.code === 'ENOENT') throw new Error('gcc was not found; install it: sudo apt install gcc libc6-dev');
  return { stdout: String(run.stdout), stderr: String(run.stderr) };
}

const includes = (headers: readonly string[]): string =>
  [
    '#define _GNU_SOURCE',
    ...headers.map(header => `#if __has_include(<${header}>)\n#include <${header}>\n#endif`),
  ].join('\n');

/** Numbers of the macros that match, names that stand for another macro resolved. */
export async function macroNumbers(headers: readonly string[], pattern: RegExp): Promise<Map<string, number>> {
  const { stdout } = await gcc(['-E', '-dM'], includes(headers));
  const texts = new Map([...stdout.matchAll(/^#define (\w+) +(\S+)$/gm)].map(([, name, text]) => [name, text]));
  const numbers = new Map<string, number>();
  for (const name of texts.keys()) {
    if (name === undefined || !pattern.test(name)) continue;
    let text = texts.get(name);
    while (text !== undefined && texts.has(text)) text = texts.get(text);
    const number = Number(text);
    if (Number.isInteger(number)) numbers.set(name, number);
  }
  return numbers;
}

/** Those of the names that the headers do not declare, neither as macro nor as enum. */
export async function undeclared(headers: readonly string[], names: readonly string[]): Promise<string[]> {
  const uses = names.map((name, i) => `void use${i}(void) { (void)(${name}); }`);
  const { stderr } = await gcc(['-fsyntax-only', '-fmax-errors=0'], [includes(headers), ...uses].join('\n'));
  const missing = new Set([...stderr.matchAll(/error: '(\w+)' undeclared/g)].map(match => match[1] ?? ''));
  const other = stderr.split('\n').filter(line => /error:/.test(line) && !/undeclared/.test(line));
  if (other.length > 0) throw new Error(`the headers do not go together: ${other.join('\n')}`);
  return [...missing].sort();
}
