/** Short ways into parsed values, for models: fields, numbers, flags, list items. Absent things are undefined or NaN, never errors. */

import type { Value } from 'strace-parser';

/** A field of a struct (or of the "after" half of a change). */
export function field(value: Value | undefined, name: string): Value | undefined {
  const struct = value?.kind === 'change' ? value.after : value;
  return struct?.kind === 'struct' ? struct.fields.find(f => f.name === name) : undefined;
}

/** Items of a list (or of the "after" half of a change); empty for anything else. */
export function items(value: Value | undefined): readonly Value[] {
  const list = value?.kind === 'change' ? value.after : value;
  return list?.kind === 'list' ? list.items : [];
}

/** A number: an integer, a descriptor's number, an address; NaN for anything else. */
export function numberOf(value: Value | undefined): number {
  switch (value?.kind) {
    case 'int':
    case 'address':
      return Number(value.value);
    case 'descriptor':
      return value.fd;
    case 'change':
      return numberOf(value.after);
    case undefined:
    case 'flags':
    case 'bytes':
    case 'struct':
    case 'list':
    case 'set':
    case 'macro':
    case 'elided':
    case 'raw':
      return Number.NaN;
  }
}

/** Symbols of a flag set; `[]` for anything else. */
export function flagsOf(value: Value | undefined): readonly string[] {
  return value?.kind === 'flags' ? value.flags : [];
}

/** A string as printed, without its quotes (and without `...` where it was cut). Escapes stay. */
export function unquote(text: string): string {
  return /^"(.*)"(?:\.\.\.)?$/.exec(text)?.[1] ?? text;
}
