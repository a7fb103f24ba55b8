/** Calls and statements in C, found by their brackets. `code` has blanks in place of comments, literals and directives. Pure. */

export interface CallText {
  name: string;
  /** Offset of the name. */
  start: number;
  /** After the closing bracket. */
  end: number;
  /** Without the blanks around them. */
  arguments: { start: number; end: number }[];
}

/** The first call of one of the functions that begins between two offsets and whose brackets close. */
export function findCall(code: string, names: readonly string[], from: number, to: number): CallText | undefined {
  const calls = new RegExp(String.raw`(?<![\w.]|->)(${names.join('|')})\s*\(`, 'g');
  calls.lastIndex = from;
  const match = calls.exec(code);
  if (!match?.[1] || match.index >= to) return undefined;
  const found: CallText = { name: match[1], start: match.index, end: 0, arguments: [] };
  let depth = 1;
  let begin = calls.lastIndex;
  for (let at = begin; at < code.length; at++) {
    const character = code.charAt(at);
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
    if (depth > 1 || (depth === 1 && character !== ',')) continue;
    const argument = trimmed(code, begin, at);
    begin = at + 1;
    // Literals are blank here: an argument of nothing but blanks is one all the same, except in `f()`.
    if (depth === 1 || found.arguments.length > 0 || at > calls.lastIndex) found.arguments.push(argument);
    if (depth === 0) return { ...found, end: at + 1 };
  }
  return undefined;
}

function trimmed(code: string, start: number, end: number): { start: number; end: number } {
  const text = code.slice(start, end);
  if (text.trim() === '') return { start, end };
  return { start: start + text.length - text.trimStart().length, end: end - (text.length - text.trimEnd().length) };
}

/** Offset of the first character of the statement that a place is in. */
export function statementStart(code: string, at: number): number {
  let depth = 0;
  let start = at;
  while (start > 0) {
    const character = code.charAt(start - 1);
    if (character === ')') depth++;
    else if (character === '(') depth--;
    else if (depth <= 0 && ';{}'.includes(character)) break;
    start--;
  }
  return start + (/^\s*/.exec(code.slice(start))?.[0].length ?? 0);
}

/** The blanks before an offset on its line; undefined when something else stands there, too. */
export function indentAt(source: string, at: number): string | undefined {
  const before = source.slice(source.lastIndexOf('\n', at - 1) + 1, at);
  return before.trim() === '' ? before : undefined;
}

/** What one more level is, by the first indented line of the file. */
export function indentUnit(source: string): string {
  const first = /^(\t| {2,8})\S/m.exec(source)?.[1];
  return first ?? '    ';
}
