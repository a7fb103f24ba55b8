/** What to run, as the user named it. */

import type { StartedProgram } from '../trace/source/startedProgram.js';

export type LaunchTarget =
  { kind: 'source'; sourcePath: string } | { kind: 'program'; program: string; args: readonly string[]; cwd: string };

/** The file by which a target's settings are looked up. */
export function pathOf(target: LaunchTarget): string {
  return target.kind === 'source' ? target.sourcePath : target.program;
}

/** What to run for the same once more: a program that was compiled here is compiled again. */
export function targetOf({ path, args, cwd, sourcePath }: StartedProgram): LaunchTarget {
  return sourcePath === undefined ? { kind: 'program', program: path, args, cwd } : { kind: 'source', sourcePath };
}

/** A command as a person reads it, one word an argument. It is only shown, never run. */
export function commandText({ path, args, environment }: StartedProgram): string {
  const words = [...Object.entries(environment).map(([name, value]) => `${name}=${value}`), path, ...args];
  return words
    .map(word => (/^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word).replace(unseen, escaped)))
    .join(' ');
}

/** What turns text around or takes no room. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
