/**
 * A line of C as it was traced, followed while its file is edited. Invariant: `line` is a number only while that line still reads as it was
 * traced, but for its comments; a wrong line is worse than none.
 */

import { readFileSync } from 'node:fs';
import type { TextDocument, TextDocumentContentChangeEvent } from 'vscode';
import { ignoredRules, type IgnoredRules } from '../../trace/source/ignoreComments.js';
import type { SourcePlace } from '../../trace/source/stackResolver.js';

export class SourceAnchor {
  readonly path: string;
  /** Line when it was traced, from 1. */
  readonly tracedLine: number;
  /** The file was edited before anybody looked. */
  readonly changed: boolean;
  readonly #text: string | undefined;
  /** From 0; moves with the lines above it. */
  #at: number;

  constructor(place: SourcePlace) {
    this.path = place.path;
    this.tracedLine = place.line;
    this.changed = place.changed;
    this.#at = place.line - 1;
    this.#text = place.changed ? undefined : essence(textOnDisk(place.path).split('\n')[this.#at]);
  }

  /** Follows an edit of the file. */
  edited(changes: readonly TextDocumentContentChangeEvent[]): void {
    // VS Code gives them from the last to the first, so none moves another.
    for (const { range, text } of changes) {
      const before = range.end.line < this.#at || (range.end.line === this.#at && range.end.character === 0);
      if (before) this.#at += text.split('\n').length - 1 - (range.end.line - range.start.line);
    }
  }

  /** The line now, from 0; undefined when it no longer is what was traced. */
  lineIn(lines: readonly string[]): number | undefined {
    return this.#text !== undefined && essence(lines[this.#at]) === this.#text ? this.#at : undefined;
  }
}

/** A file as it is now: in its editor when it is open, else on disk. */
export interface SourceText {
  lines: readonly string[];
  ignored: IgnoredRules;
}

export function sourceText(path: string, open: readonly TextDocument[]): SourceText {
  const document = open.find(({ uri }) => uri.scheme === 'file' && uri.fsPath === path);
  const text = document?.getText() ?? textOnDisk(path);
  return { lines: text.split('\n'), ignored: ignoredRules(text) };
}

/** Sources are small; one that is gone reads as empty. */
function textOnDisk(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Where a line's code begins and ends. */
export function codeColumns(line: string): readonly [start: number, end: number] {
  const code = line.replace(/\/\/.*$|\/\*(?:(?!\*\/).)*(?:\*\/\s*)?$/, '').trimEnd();
  return code === '' ? [0, line.length] : [code.length - code.trimStart().length, code.length];
}

/** What a line says to the compiler, nearly: without its comment and its blanks. */
function essence(line: string | undefined): string | undefined {
  return line
    ?.replace(/\/\*.*?\*\/|\/\*.*$|\/\/.*$/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
