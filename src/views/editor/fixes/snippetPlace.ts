/** Where a snippet belongs that does right what a line does wrong: functions before the function, statements before the statement. Pure. */

import { onlyCode } from '../cText.js';
import { statementStart } from './callText.js';

/** A snippet that defines functions has their braces in lines of their own. */
export function definesFunction(body: readonly string[]): boolean {
  return body.includes('{');
}

/** Offset for a snippet about the line (from 0) that begins at `lineStart`. */
export function snippetPlace(source: string, lineStart: number, body: readonly string[]): number {
  const code = onlyCode(source);
  const inLine = lineStart + (/^[ \t]*/.exec(source.slice(lineStart))?.[0].length ?? 0);
  if (!definesFunction(body)) return lineBegin(source, statementStart(code, inLine));
  return beforeFunction(source, code, inLine);
}

/** The first line, comments included, of the outermost piece of code that a place is in. */
function beforeFunction(source: string, code: string, at: number): number {
  let depth = 0;
  let end = 0;
  for (let i = 0; i < at; i++) {
    const character = code.charAt(i);
    if (character === '{') depth++;
    else if (character === '}') depth--;
    if (depth === 0 && (character === '}' || character === ';')) end = i + 1;
  }
  const directives = /^[ \t]*#(?:.*\\\r?\n)*.*$/gm;
  for (const { 0: text, index } of source.slice(0, at).matchAll(directives)) {
    if (code.slice(end, index).trim() === '') end = Math.max(end, index + text.length);
  }
  // The rest of that line belongs to what ends on it.
  const next = source.indexOf('\n', end);
  const rest = end === 0 ? 0 : next < 0 ? source.length : next + 1;
  return rest + (/^(?:[ \t]*\r?\n)*/.exec(source.slice(rest))?.[0].length ?? 0);
}

function lineBegin(source: string, at: number): number {
  return source.lastIndexOf('\n', at - 1) + 1;
}
