/**
 * Values → strace's own text.
 *
 * Invariant: a value that was read from a text prints as that text.
 */

import type { Value } from './values.js';

/** The value with its name and comment, as strace prints it. */
export function printValue(value: Value): string {
  const name = value.name === undefined ? '' : value.name + '=';
  const comment = value.comment === undefined ? '' : ` /* ${value.comment} */`;
  return name + body(value) + comment;
}

/** Arguments, separated as strace separates them. */
export function printValues(values: readonly Value[]): string {
  return values.map(printValue).join(', ');
}

function body(value: Value): string {
  switch (value.kind) {
    case 'int':
    case 'address':
    case 'macro':
    case 'raw':
      return value.text;
    case 'elided':
      return '...';
    case 'flags':
      return value.flags
        .map((flag, i) => flag + (value.comments?.[i] === undefined ? '' : ` /* ${value.comments[i]} */`))
        .join('|');
    case 'bytes':
      return (value.abstract ? '@"' : '"') + value.text + (value.cut ? '"...' : '"');
    case 'struct':
      return '{' + withCut(value.fields, value.cut) + '}';
    case 'list':
      return '[' + withCut(value.items, value.cut) + ']';
    case 'set':
      return (value.negated ? '~[' : '[') + value.members.join(' ') + ']';
    case 'descriptor': {
      const comment = value.numberComment === undefined ? '' : ` /* ${value.numberComment} */`;
      return value.text + comment + '<' + value.annotation + (value.deletedAfter ? '>(deleted)' : '>');
    }
    case 'change':
      return (value.before ? printValue(value.before) : '') + value.arrow + printValue(value.after);
  }
}

function withCut(values: readonly Value[], cut: boolean): string {
  const printed = values.map(printValue);
  if (cut) printed.push('...');
  return printed.join(', ');
}
