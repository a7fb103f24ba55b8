/**
 * VS Code resolves its variables (`${file}`, even `${command:…}`) in the arguments of every task and knows no escape for them. A traced
 * program must get what was typed, so a command with `${` in it goes through `env -S`, whose quoting can spell it otherwise. `env`
 * replaces itself: the pid is the same. Pure.
 */

export interface Command {
  command: string;
  args: readonly string[];
}

/** The same command in words that hold no `${`. */
export function withoutTaskVariables({ command, args }: Command): Command {
  const words = [command, ...args];
  if (!words.some(word => word.includes('${'))) return { command, args };
  return { command: '/usr/bin/env', args: ['-S', words.map(quoteForEnv).join(' ')] };
}

/** In single quotes `env -S` takes everything literally but `\\` and `\'`; two quotes in the middle of a word are nothing. */
function quoteForEnv(word: string): string {
  const escaped = word.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  return `'${escaped.replaceAll('${', () => "$''{")}'`;
}
