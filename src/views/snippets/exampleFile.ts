/**
 * Writes an example program into a folder of its own. Invariant: what a user has changed is never overwritten; the next one gets a
 * number.
 */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';

/** @returns path of the file that holds the text */
export async function writeExample(folder: string, fileName: string, text: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const { name, ext } = parse(fileName);
  for (let number = 1; ; number++) {
    const path = join(folder, number === 1 ? fileName : `${name}-${number}${ext}`);
    try {
      await writeFile(path, text, { flag: 'wx' });
      return path;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      if ((await readFile(path, 'utf8')) === text) return path;
    }
  }
}
