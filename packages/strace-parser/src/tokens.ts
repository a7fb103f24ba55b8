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

const number = /-?(?:0x[0-9a-f]+|\d+)(?!\w)/y;

/** The number at `at`: decimal, hexadecimal or octal, with a sign or without; undefined when it is none. */
export function readNumber(text: string, at: number): { value: bigint; end: number; hex: boolean } | undefined {
  const c = text.charCodeAt(at);
  if (c !== 0x2d && !(c >= 0x30 && c <= 0x39)) return undefined;
  number.lastIndex = at;
  const match = number.exec(text);
  if (!match) return undefined;
  const negative = match[0].startsWith('-');
  const digits = negative ? match[0].slice(1) : match[0];
  const hex = digits.startsWith('0x');
  const octal = !hex && /^0[0-7]+$/.test(digits);
  const value = BigInt(octal ? '0o' + digits.slice(1) : digits);
  return { value: negative ? -value : value, end: at + match[0].length, hex };
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
