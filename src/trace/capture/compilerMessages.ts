/**
 * What a compiler and its linker said, as facts: gcc's JSON lines, and the text form that gcc, clang and ld share. Pure. Whatever is not
 * understood is left out here and kept by the caller (the whole output goes to the log).
 * Lines and columns count from 1; columns are bytes of UTF-8, as compilers count them (utf16Column turns them into an editor's).
 */

type MessageSeverity = 'error' | 'warning' | 'note';

export interface CompilerMessage {
  severity: MessageSeverity;
  message: string;
  /** `-Wunused-variable`, or null. */
  option: string | null;
  optionUrl: string | null;
  /** null: about the whole run (a library that is not there). */
  location: MessageLocation | null;
  notes: { message: string; location: MessageLocation }[];
}

export interface MessageLocation {
  file: string;
  line: number;
  /** 0 when only the line is known. */
  startByteColumn: number;
  /** Of the first byte after the marked text; equal to the start when only a point is known. */
  endByteColumn: number;
}

export function parseCompilerMessages(output: string): CompilerMessage[] {
  const messages: CompilerMessage[] = [];
  for (const line of output.split('\n')) {
    if (line.startsWith('[')) messages.push(...parseJsonLine(line));
    else parseTextLine(line, messages);
  }
  return messages;
}

/** Turns a byte column into an index into the line's UTF-16 text, both of the same place; past the end becomes the end. */
export function utf16Column(lineText: string, byteColumn: number): number {
  const bytes = new TextEncoder().encode(lineText);
  return new TextDecoder().decode(bytes.subarray(0, Math.max(0, byteColumn - 1))).length;
}

// --- gcc's JSON: https://gcc.gnu.org/onlinedocs/gcc-12.2.0/gcc/Diagnostic-Message-Formatting-Options.html ---

interface JsonPoint {
  file?: string;
  line?: number;
  column?: number;
  'byte-column'?: number;
}
interface JsonDiagnostic {
  kind?: string;
  message?: string;
  option?: string;
  option_url?: string;
  locations?: { caret?: JsonPoint; start?: JsonPoint; finish?: JsonPoint }[];
  children?: JsonDiagnostic[];
}

function parseJsonLine(line: string): CompilerMessage[] {
  let diagnostics: unknown;
  try {
    diagnostics = JSON.parse(line);
  } catch {
    return [];
  }
  return Array.isArray(diagnostics) ? diagnostics.filter(isDiagnostic).map(fromJson) : [];
}

function isDiagnostic(value: unknown): value is JsonDiagnostic {
  return typeof value === 'object' && value !== null && 'kind' in value && 'message' in value;
}

function fromJson(diagnostic: JsonDiagnostic): CompilerMessage {
  return {
    severity: severityOf(diagnostic.kind ?? ''),
    message: diagnostic.message ?? '',
    option: diagnostic.option ?? null,
    optionUrl: diagnostic.option_url ?? null,
    location: jsonLocation(diagnostic),
    notes: (diagnostic.children ?? []).flatMap(child => {
      const location = jsonLocation(child);
      return location ? [{ message: child.message ?? '', location }] : [];
    }),
  };
}

function jsonLocation(diagnostic: JsonDiagnostic): MessageLocation | null {
  const place = diagnostic.locations?.[0];
  const caret = place?.caret;
  if (!caret?.file || !caret.line) return null;
  // A range over several lines marks its caret's line only.
  const start = place?.start?.line === caret.line ? place.start : caret;
  const finish = place?.finish?.line === caret.line ? place.finish : undefined;
  const startByteColumn = byteColumn(start);
  return {
    file: caret.file,
    line: caret.line,
    startByteColumn,
    // `finish` is the last byte's own column.
    endByteColumn: finish ? byteColumn(finish) + 1 : startByteColumn,
  };
}

/** gcc 9 and 10 have no byte-column; their column is one. */
function byteColumn(point: JsonPoint): number {
  return point['byte-column'] ?? point.column ?? 0;
}

// --- text ---

const textMessage = /^(.+?):(\d+):(?:(\d+):)? (fatal error|error|warning|note): (.*?)(?: \[(-W[^\]]*)\])?$/;
/** ld, with debug information: `/home/u/a.c:3: undefined reference to `f'`; it may stand after `/usr/bin/ld: `. */
const linkerMessage =
  /^(?:\S*\bld(?:\.\w+)?: )?(\/[^:]+|[^:\s]+):(\d+): ((?:undefined reference|multiple definition).*)$/;
/** About the whole run: `/usr/bin/ld: cannot find -lx`, `gcc: error: unrecognized command-line option`. */
const wholeRunMessage =
  /^(?:\S*\bld(?:\.\w+)?: ((?:cannot|can't|unable|unrecognized|undefined|final link).*)|[^:\s]+: (?:fatal )?error: (.*))$/;

function parseTextLine(line: string, messages: CompilerMessage[]): void {
  const text = textMessage.exec(line);
  if (text) {
    const location = textLocation(text[1] ?? '', text[2], text[3]);
    const severity = severityOf(text[4] ?? '');
    const previous = messages.at(-1);
    if (severity === 'note' && previous) previous.notes.push({ message: text[5] ?? '', location });
    else
      messages.push({
        severity,
        message: text[5] ?? '',
        option: text[6] ?? null,
        optionUrl: null,
        location,
        notes: [],
      });
    return;
  }
  const linker = linkerMessage.exec(line);
  if (linker) {
    messages.push(plainError(linker[3] ?? '', textLocation(linker[1] ?? '', linker[2], undefined)));
    return;
  }
  const wholeRun = wholeRunMessage.exec(line);
  const message = wholeRun?.[1] ?? wholeRun?.[2];
  // The driver's last word (`ld returned 1 exit status`) only repeats that there was an error.
  if (message && !/ returned \d+ exit status|linker command failed/.test(message))
    messages.push(plainError(message, null));
}

function plainError(message: string, location: MessageLocation | null): CompilerMessage {
  return { severity: 'error', message, option: null, optionUrl: null, location, notes: [] };
}

function textLocation(file: string, line: string | undefined, column: string | undefined): MessageLocation {
  const startByteColumn = Number(column ?? 0);
  return { file, line: Number(line), startByteColumn, endByteColumn: startByteColumn };
}

function severityOf(kind: string): MessageSeverity {
  if (kind.includes('error') || kind === 'sorry, unimplemented') return 'error';
  return kind === 'warning' ? 'warning' : 'note';
}
