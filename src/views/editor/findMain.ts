/**
 * Finds the definitions of `main` in a C or C++ file without a parser: comments, literals and directives are blanked out, then `main(…) {`
 * outside all braces is a definition, and `main(…);` is not. Pure.
 */

import { onlyCode } from './cText.js';

/** Offsets of the names (several when the preprocessor chooses between them). */
export function findMain(source: string): number[] {
  const code = onlyCode(source);
  const found: number[] = [];
  let depth = 0;
  for (const match of code.matchAll(/[{}]|\bmain\s*\(/g)) {
    if (match[0] === '{') {
      // A linkage block is no scope.
      if (!/\bextern\s*$/.test(before(code, match.index))) depth++;
    } else if (match[0] === '}') depth = Math.max(0, depth - 1);
    else if (depth === 0 && isDefinition(code, match.index, match.index + match[0].length)) found.push(match.index);
  }
  return found;
}

/** As much of the code before a place as tells what it belongs to. */
function before(code: string, offset: number): string {
  return code.slice(Math.max(0, offset - 200), offset);
}

function isDefinition(code: string, nameAt: number, afterParenthesis: number): boolean {
  if (/(?:\.|->|::|[=,(])\s*$/.test(before(code, nameAt))) return false; // a call, or another thing's main
  let open = 1;
  let at = afterParenthesis;
  while (at < code.length && open > 0) {
    const character = code[at++];
    if (character === '(') open++;
    else if (character === ')') open--;
  }
  // Between the parameters and the body: nothing, attributes, or the declarations of an old-style definition.
  return /^(?:\s|__attribute__\s*\(\(.*?\)\)|noexcept)*\{|^\s*(?:\w[^;{}()=]*;\s*)+\{/s.test(code.slice(at));
}
