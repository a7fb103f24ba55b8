/**
 * The programs of examples/, compiled once a run of tests however many tests want them, and all of them at a time: make starts the
 * compilers, because this large process takes longer to fork than a compiler to compile. Invariant: nobody gets a path before make has
 * ended, and nobody changes a program; all are removed when the process ends.
 */

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const folder = fileURLToPath(new URL('../../examples', import.meta.url));

/** Without `.c`, in order of the alphabet. */
export const exampleNames: readonly string[] = readdirSync(folder)
  .filter(file => file.endsWith('.c'))
  .map(file => file.slice(0, -2));

export const exampleSource = (name: string): string => join(folder, `${name}.c`);
export const exampleText = (name: string): string => readFileSync(exampleSource(name), 'utf8');

const builds = new Map<string, Promise<string>>();
let folderOfRun: string | undefined;

/**
 * Path of an example's program, named as its source; the others of `names` are compiled with it.
 * Rejects with what the compiler says when it does not compile without a warning.
 */
export async function compiledExample(
  name: string,
  compiler: 'gcc' | 'clang',
  flags: readonly string[],
  names = exampleNames,
): Promise<string> {
  const key = JSON.stringify([compiler, flags, names]);
  const build = builds.get(key) ?? compileAll(compiler, flags, names, String(builds.size));
  builds.set(key, build);
  const program = join(await build, name);
  if (!existsSync(program))
    assert.fail(`${compiler} ${flags.join(' ')} ${name}.c: ${await readFile(`${program}.messages`, 'utf8')}`);
  return program;
}

/** Folder of the programs. A program that is not there has its compiler's messages beside it. */
async function compileAll(
  compiler: string,
  flags: readonly string[],
  names: readonly string[],
  place: string,
): Promise<string> {
  const own = join(ofRun(), place);
  await mkdir(own);
  const options = [...flags, '-Wall', '-Wextra', '-Werror', '-pthread'].join(' ');
  const recipe = `${compiler} ${options} -o $@ "$$EXAMPLES/$@.c" 2>$@.messages`;
  const made = await execa('make', ['-rRsk', `-j${Math.min(4, availableParallelism())}`, '-f', '-', ...names], {
    cwd: own,
    env: { EXAMPLES: folder, LC_ALL: 'C' },
    input: `.PHONY: ${names.join(' ')}\n${names.join(' ')}:\n\t${recipe}\n`,
    reject: false,
  });
  assert.notEqual(made.code, 'ENOENT', 'make does not work here; install it: sudo apt install make');
  return own;
}

function ofRun(): string {
  if (folderOfRun !== undefined) return folderOfRun;
  const made = mkdtempSync(join(tmpdir(), 'syscape-compiled-'));
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  folderOfRun = made;
  return made;
}
