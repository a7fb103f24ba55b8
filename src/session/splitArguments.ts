/**
 * Splits a line of arguments as a shell would: blanks separate, '…' is literal, "…" takes \" \\ \$ and \`, a backslash outside quotes
 * takes the next character. Nothing is expanded (no variables, no globs): no shell ever sees this line. Pure.
 */

export type SplitArguments = { args: string[] } | { error: 'unclosedQuote' | 'trailingBackslash' };

export function splitArguments(line: string): SplitArguments {
  const args: string[] = [];
  let current: string | undefined;
  let quote = '';
  for (let i = 0; i < line.length; i++) {
    const character = line.charAt(i);
    if (quote === "'") {
      if (character === "'") quote = '';
      else current += character;
    } else if (character === '\\') {
      const next = line.charAt(++i);
      if (next === '') return { error: 'trailingBackslash' };
      const literalBackslash = quote === '"' && !'"\\$`'.includes(next);
      current = (current ?? '') + (literalBackslash ? '\\' : '') + next;
    } else if (quote === '"') {
      if (character === '"') quote = '';
      else current += character;
    } else if (character === '"' || character === "'") {
      quote = character;
      current ??= ''; // "" is an argument, too
    } else if (/\s/.test(character)) {
      if (current !== undefined) args.push(current);
      current = undefined;
    } else {
      current = (current ?? '') + character;
    }
  }
  if (quote !== '') return { error: 'unclosedQuote' };
  if (current !== undefined) args.push(current);
  return { args };
}

/** A line that splits into these arguments. */
export function joinArguments(args: readonly string[]): string {
  return args.map(arg => (/^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", `'\\''`)}'`)).join(' ');
}
