/**
 * Joins the programs that prove the snippets into one file that the extension ships, so that each can be opened as an example.
 *
 * Invariant: a snippet without a proof ends the build.
 */

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Contributed snippets, and the language that they (and their programs) are written in. */
const files = { 'c.json': 'c', 'c-only.json': 'c', 'cpp.json': 'cpp' };

/**
 * @param {string} root the repository
 * @param {string} target file to write: a JSON object of programs by `PREFIX.c` or `PREFIX.cpp`
 */
export async function writeSnippetPrograms(root, target) {
  const fixtures = path.join(root, 'test', 'snippets', 'fixtures');
  const left = new Set(await readdir(fixtures));
  const programs = {};
  const faults = [];
  for (const [file, language] of Object.entries(files)) {
    const snippets = JSON.parse(await readFile(path.join(root, 'snippets', file), 'utf8'));
    for (const { prefix } of Object.values(snippets)) {
      const name = `${prefix}.${language}`;
      if (!left.delete(name)) {
        faults.push(`${prefix} (snippets/${file}) has no proof: write test/snippets/fixtures/${name}`);
        continue;
      }
      programs[name] = await readFile(path.join(fixtures, name), 'utf8');
      if (!/^[\t ]*\/\* @snippet \*\/$/m.test(programs[name]))
        faults.push(`${name} does not say where the snippet goes`);
      if (!/^\/\* calls: .*\*\/$/m.test(programs[name]))
        faults.push(`${name} does not say which calls a run of it makes`);
    }
  }
  for (const name of left) faults.push(`test/snippets/fixtures/${name} proves no snippet`);
  if (faults.length > 0) throw new Error(`Snippets:\n${faults.join('\n')}`);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, JSON.stringify(programs));
}
