/**
 * The smallest pieces of value text: words, numbers, where an annotation ends, where unreadable text ends.
 */

/** Position after the word (letters, digits, `_`) at `at`; a word does not begin with a digit. `at` itself when there is none. */
export function readWord(text: string, at: number): number {
  let p = at;
  for (let c = text.charCodeAt(p); isWordCode(c) && !(p === at && c <= 0x39); c = text.charCodeAt(p)) p++;
  return p;
}

function isWordCode(c: number): boolean {
  return (c >= 0x30 && c <= 0x39) || (c >= 0x41 && c <= 0x5a) || c === 0x5f || (c >= 0x61 && c <= 0x7a);
}

export interface NumberToken {
  /** bigint beyond 2^53. */
  value: number | bigint;
  end: number;
  hex: boolean;
}

/** The number at `at`: decimal, hexadecimal or octal, with a sign or without; undefined when it is none. */
export function readNumber(text: string, at: number): NumberToken | undefined {
  const negative = text.charCodeAt(at) === 0x2d;
  const start = negative ? at + 1 : at;
  let c = text.charCodeAt(start);
  if (!(c >= 0x30 && c <= 0x39)) return undefined;
  const hex = c === 0x30 && text.charCodeAt(start + 1) === 0x78;
  let p = hex ? start + 2 : start;
  let value = 0;
  let octal = c === 0x30;
  for (c = text.charCodeAt(p); ; c = text.charCodeAt(++p)) {
    const digit = c >= 0x30 && c <= 0x39 ? c - 0x30 : hex && c >= 0x61 && c <= 0x66 ? c - 0x57 : -1;
    if (digit < 0) break;
    if (digit > 7) octal = false;
    value = value * (hex ? 16 : 10) + digit;
  }
  if (isWordCode(c) || (hex && p === start + 2)) return undefined;
  const exact = value <= Number.MAX_SAFE_INTEGER && (hex || !octal || value === 0);
  if (exact) return { value: negative && value !== 0 ? -value : value, end: p, hex };
  const digits = text.slice(start, p);
  const big = BigInt(octal && !hex ? '0o' + digits : digits);
  return { value: narrowed(negative ? -big : big), end: p, hex };
}

function narrowed(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** Position of the `>` that closes the annotation whose inside begins at `at`, or -1. */
export function annotationEnd(text: string, at: number): number {
  let depth = 0;
  for (let p = at; p < text.length; p++) {
    switch (text[p]) {
      case '\\':
        p++;
        break;
      case '"': {
        const end = stringEnd(text, p + 1);
        if (end < text.length) p = end;
        break;
      }
      case '-':
        if (text[p + 1] === '>') p++;
        break;
      case '<':
        depth++;
        break;
      case '>':
        if (depth-- === 0) return p;
        break;
      default:
        break;
    }
  }
  return -1;
}

/** Position of the closing quote of the string whose inside begins at `at`, or the text's length. */
function stringEnd(text: string, at: number): number {
  let p = at;
  while (p < text.length && text[p] !== '"') p += text[p] === '\\' ? 2 : 1;
  return Math.min(p, text.length);
}

/**
 * Position where text that nobody could read ends: the next top-level comma (unless `throughCommas`) or closing bracket.
 * Strings, annotations and balanced brackets are stepped over.
 */
export function rawEnd(text: string, at: number, close: string, throughCommas = false): number {
  let depth = 0;
  for (let p = at; p < text.length; p++) {
    const c = text[p] as string;
    switch (c) {
      case '"':
        p = stringEnd(text, p + 1);
        break;
      case '<': {
        const end = text[p + 1] === '<' ? p + 1 : annotationEnd(text, p + 1);
        if (end > 0) p = end;
        break;
      }
      case '/':
        if (text[p + 1] === '*') {
          const end = text.indexOf('*/', p + 2);
          if (end > 0) p = end + 1;
        }
        break;
      case '(':
      case '[':
      case '{':
        depth++;
        break;
      case ')':
      case ']':
      case '}':
        if (depth === 0 && c === close) return p;
        if (depth > 0) depth--;
        break;
      case ',':
        if (depth === 0 && !throughCommas) return p;
        break;
    }
  }
  return text.length;
}
