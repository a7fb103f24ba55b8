/**
 * Finds definitions of functions in a C or C++ file without a parser: comments, literals and directives are blanked out, then `name(…) {`
 * outside all braces is a definition, and `name(…);` is not. Pure.
 */

import { onlyCode } from './cText.js';

/** Offsets of the names of definitions (several of one name when the preprocessor chooses between them), in the order of the text. */
export function findFunctions(source: string, names: ReadonlySet<string>): { name: string; offset: number }[] {
  const code = onlyCode(source);
  const found: { name: string; offset: number }[] = [];
  let depth = 0;
  for (const match of code.matchAll(/[{}]|\b([A-Za-z_]\w*)\s*\(/g)) {
    const [whole, name] = match;
    if (whole === '{') {
      // A linkage block is no scope.
      if (!/\bextern\s*$/.test(before(code, match.index))) depth++;
    } else if (whole === '}') depth = Math.max(0, depth - 1);
    else if (depth === 0 && name !== undefined && names.has(name) && isDefinition(code, match.index, whole.length))
      found.push({ name, offset: match.index });
  }
  return found;
}

/** Offsets of the names of main's definitions. */
export function findMain(source: string): number[] {
  return findFunctions(source, new Set(['main'])).map(({ offset }) => offset);
}

/** As much of the code before a place as tells what it belongs to. */
function before(code: string, offset: number): string {
  return code.slice(Math.max(0, offset - 200), offset);
}

function isDefinition(code: string, nameAt: number, length: number): boolean {
  if (/(?:\.|->|::|[=,(])\s*$/.test(before(code, nameAt))) return false; // a call, or another thing's function
  let open = 1;
  let at = nameAt + length;
  while (at < code.length && open > 0) {
    const character = code[at++];
    if (character === '(') open++;
    else if (character === ')') open--;
  }
  // Between the parameters and the body: nothing, attributes, or the declarations of an old-style definition.
  return /^(?:\s|__attribute__\s*\(\(.*?\)\)|noexcept)*\{|^\s*(?:\w[^;{}()=]*;\s*)+\{/s.test(code.slice(at, at + 2000));
}
