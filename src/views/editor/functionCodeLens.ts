/** Above each function that made calls in the last run: how many, how long, how many failed. A click shows them in the timeline. */

import { CodeLens, EventEmitter, Range, l10n, type CodeLensProvider, type Disposable, type TextDocument } from 'vscode';
import type { CommandId } from '../../session/contributions.js';
import { sumText } from './lineText.js';
import type { TracedSource } from './tracedSource.js';

export class FunctionCodeLens implements CodeLensProvider, Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #listener: Disposable;

  constructor(private readonly source: TracedSource) {
    this.#listener = source.onDidChange(() => this.#changed.fire());
  }

  provideCodeLenses(document: TextDocument): CodeLens[] {
    const file = this.source.hidden ? undefined : this.source.file(document);
    if (!file) return [];
    return [...file.functions].map(([line, { calls, words }]) => {
      const text = sumText(calls, l10n);
      return new CodeLens(new Range(line, 0, line, 0), {
        title: file.stale ? `${text} (${l10n.t('trace is older than this text')})` : text,
        tooltip: l10n.t('Calls that this function made in the last trace. Click to show them in the timeline.'),
        command: 'syscape.showLineInTimeline' satisfies CommandId,
        arguments: [words],
      });
    });
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }
}
