/** Flags and protection of a mapping by the text that strace prints: programs use few combinations, and each is read once. */

export interface MapFlags {
  fixed: boolean;
  shared: boolean;
  anonymous: boolean;
  stack: boolean;
  denyWrite: boolean;
}

const flagsByText = new Map<string, MapFlags>();
const lettersByText = new Map<string, string>();
/** No program has so many; a log that is not strace's might. */
const mostTexts = 1024;

/** Of a MAP_* set. */
export function mapFlagsOf(text: string): MapFlags {
  let flags = flagsByText.get(text);
  if (flags === undefined) {
    flags = {
      fixed: text.includes('MAP_FIXED'),
      shared: text.includes('MAP_SHARED'),
      anonymous: text.includes('MAP_ANONYMOUS'),
      stack: text.includes('MAP_STACK'),
      denyWrite: text.includes('MAP_DENYWRITE'),
    };
    if (flagsByText.size === mostTexts) flagsByText.clear();
    flagsByText.set(text, flags);
  }
  return flags;
}

/** `rwx` letters of a PROT_* set. */
export function protectionLetters(text: string): string {
  let letters = lettersByText.get(text);
  if (letters === undefined) {
    letters =
      (text.includes('PROT_READ') ? 'r' : '-') +
      (text.includes('PROT_WRITE') ? 'w' : '-') +
      (text.includes('PROT_EXEC') ? 'x' : '-');
    if (lettersByText.size === mostTexts) lettersByText.clear();
    lettersByText.set(text, letters);
  }
  return letters;
}
