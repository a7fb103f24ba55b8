/** Flags and protection of a mapping by the text that strace prints: programs use few combinations, and each is read once. */

export interface MapFlags {
  fixed: boolean;
  shared: boolean;
  anonymous: boolean;
  stack: boolean;
  denyWrite: boolean;
}

const flagsByText = new Map<string, MapFlags>();
/** Most mappings are made by an allocator, with the flags of the one before. */
let lastText: string | undefined;
let lastFlags: MapFlags | undefined;
const lettersByText = new Map<string, string>();
/** No program has so many; a log that is not strace's might. */
const mostTexts = 1024;

/** Of a MAP_* set. */
export function mapFlagsOf(text: string): MapFlags {
  if (text === lastText && lastFlags !== undefined) return lastFlags;
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
  lastText = text;
  lastFlags = flags;
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
