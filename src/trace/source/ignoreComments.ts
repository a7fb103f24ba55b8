/**
 * `syscape-ignore: rule, rule` in the comments of a C file: which findings their author does not want to hear of, line by line. What
 * follows the names (a reason) is for people. Pure.
 *
 * A comment that stands alone is about the next line that is neither empty nor a comment; one beside code is about its own line.
 */

/** Ids of rules by line, from 1. */
export type IgnoredRules = ReadonlyMap<number, ReadonlySet<string>>;

const commentsAndLiterals = /\/\*[^]*?(?:\*\/|$)|\/\/(?:\\\r?\n|[^\n])*|"(?:\\[^]|[^"\\\n])*"?|'(?:\\[^]|[^'\\\n])*'?/g;
const request = /\bsyscape-ignore:\s*([a-z][\w-]*(?:\s*,\s*[a-z][\w-]*)*)/;

export function ignoredRules(source: string): IgnoredRules {
  const ignored = new Map<number, Set<string>>();
  if (!source.includes('syscape-ignore')) return ignored;
  const code = source
    .replace(commentsAndLiterals, text => (isComment(text) ? text.replace(/[^\n]/g, ' ') : text))
    .split('\n');
  const starts = lineStarts(source);
  for (const { 0: text, index } of source.matchAll(commentsAndLiterals)) {
    const names = isComment(text) ? request.exec(text)?.[1] : undefined;
    if (names === undefined) continue;
    const first = lineAt(starts, index);
    let line = lineAt(starts, index + text.length - 1);
    const alone = isBlank(code, first) && isBlank(code, line);
    if (alone) while (line < code.length && isBlank(code, line)) line++;
    const rules = ignored.get(line + 1) ?? new Set<string>();
    for (const name of names.split(',')) rules.add(name.trim());
    ignored.set(line + 1, rules);
  }
  return ignored;
}

function isComment(text: string): boolean {
  return text.startsWith('/');
}

function isBlank(code: readonly string[], line: number): boolean {
  return (code[line] ?? '').trim() === '';
}

function lineStarts(source: string): number[] {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Line (from 0) of an offset. */
function lineAt(starts: readonly number[], offset: number): number {
  let line = starts.findIndex(start => start > offset) - 1;
  if (line < 0) line = starts.length - 1;
  return line;
}
