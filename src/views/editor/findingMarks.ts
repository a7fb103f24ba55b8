/**
 * The active trace's findings where the code is: entries in Problems, marks in the gutter, and what a hover says. Only findings whose line
 * still reads as it was traced are here; the others are in the Findings view.
 */

import {
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  Disposable,
  Hover,
  Location,
  MarkdownString,
  OverviewRulerLane,
  Range,
  ThemeColor,
  Uri,
  l10n,
  languages,
  window,
  type HoverProvider,
  type Position,
  type TextDocument,
  type TextEditorDecorationType,
} from 'vscode';
import type { CommandId } from '../../session/contributions.js';
import type { FindingList } from '../../session/findings/findingList.js';
import type { SessionFindings, ShownFinding } from '../../session/findings/sessionFindings.js';
import type { SessionList } from '../../session/session.js';
import { severities, type Severity } from '../../trace/findings/finding.js';
import { severityWord } from '../../words/severityWord.js';

const diagnosticSeverity: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};
const rulerColour: Readonly<Record<Severity, string>> = {
  error: 'editorOverviewRuler.errorForeground',
  warning: 'editorOverviewRuler.warningForeground',
  info: 'editorOverviewRuler.infoForeground',
};

export class FindingMarks implements Disposable, HoverProvider {
  readonly #collection = languages.createDiagnosticCollection('syscape.findings');
  readonly #gutter: ReadonlyMap<Severity, TextEditorDecorationType>;
  readonly #subscriptions: Disposable;

  constructor(
    extensionUri: Uri,
    private readonly sessions: SessionList,
    private readonly list: FindingList,
  ) {
    this.#gutter = new Map(severities.map(severity => [severity, gutterMark(extensionUri, severity)]));
    this.#subscriptions = Disposable.from(
      this.#collection,
      ...this.#gutter.values(),
      sessions.onDidChangeActive(() => this.#show()),
      list.onDidChange(session => {
        if (session === sessions.active) this.#show();
      }),
      window.onDidChangeVisibleTextEditors(() => this.#decorate()),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** Those of a line (from 0) of a file, the gravest first. */
  at(document: TextDocument, line: number): ShownFinding[] {
    return this.#inFile(document.uri.fsPath).filter(finding => finding.line === line);
  }

  provideHover(document: TextDocument, position: Position): Hover | undefined {
    const found = this.at(document, position.line);
    return found.length === 0 ? undefined : new Hover(found.flatMap(hoverTexts));
  }

  get #findings(): SessionFindings | undefined {
    return this.list.of(this.sessions.active);
  }

  #inFile(path: string): ShownFinding[] {
    return (this.#findings?.shown ?? []).filter(({ main, line }) => line !== undefined && main?.place?.path === path);
  }

  #show(): void {
    const byFile = new Map<string, Diagnostic[]>();
    for (const each of this.#findings?.shown ?? []) {
      const path = each.main?.place?.path;
      if (path === undefined || each.line === undefined) continue;
      byFile.set(path, [...(byFile.get(path) ?? []), diagnostic(each, each.line)]);
    }
    this.#collection.clear();
    this.#collection.set([...byFile].map(([path, diagnostics]) => [Uri.file(path), diagnostics]));
    this.#decorate();
  }

  #decorate(): void {
    for (const editor of window.visibleTextEditors) {
      const inFile = editor.document.uri.scheme === 'file' ? this.#inFile(editor.document.uri.fsPath) : [];
      // One mark a line: the gravest.
      const marked = new Set<number>();
      for (const [severity, decoration] of this.#gutter) {
        const lines = inFile.flatMap(({ finding, line }) => (finding.severity === severity ? (line ?? []) : []));
        const fresh = [...new Set(lines)].filter(line => !marked.has(line));
        for (const line of fresh) marked.add(line);
        editor.setDecorations(
          decoration,
          fresh.map(line => new Range(line, 0, line, 0)),
        );
      }
    }
  }
}

function gutterMark(extensionUri: Uri, severity: Severity): TextEditorDecorationType {
  const icon = (theme: 'light' | 'dark') => ({
    gutterIconPath: Uri.joinPath(extensionUri, 'media', 'findings', `${severity}-${theme}.svg`),
  });
  return window.createTextEditorDecorationType({
    light: icon('light'),
    dark: icon('dark'),
    gutterIconSize: 'contain',
    overviewRulerColor: new ThemeColor(rulerColour[severity]),
    overviewRulerLane: OverviewRulerLane.Left,
  });
}

function diagnostic(shown: ShownFinding, line: number): Diagnostic {
  const { finding, words, main, steps } = shown;
  const text = `${words.title}: ${words.message}`;
  const made = new Diagnostic(
    new Range(line, shown.columns[0], line, shown.columns[1]),
    text,
    diagnosticSeverity[finding.severity],
  );
  made.source = 'Syscape';
  made.code = { value: finding.rule, target: commandUri('syscape.explainFinding', finding.rule) };
  made.relatedInformation = steps.flatMap(step => {
    if (!step.place || step === main) return [];
    const at = new Location(Uri.file(step.place.path), wholeLine(step.place.tracedLine - 1));
    return new DiagnosticRelatedInformation(at, step.text);
  });
  return made;
}

/** VS Code cuts it at the line's end. */
function wholeLine(line: number): Range {
  return new Range(line, 0, line, Number.MAX_SAFE_INTEGER);
}

/** The message is in the diagnostic's own part of the hover. Only the links, which are all ours, may run commands. */
function hoverTexts({ key, finding, words }: ShownFinding): MarkdownString[] {
  const severity = severityWord(finding.severity, (text, ...args) => l10n.t(text, ...args));
  const text = new MarkdownString(`**${asText(words.title)}** · ${severity}\n\n${asText(words.explanation)}`);
  const enabledCommands = [
    'syscape.showFinding',
    'syscape.explainFinding',
    'syscape.ignoreFinding',
  ] satisfies CommandId[];
  const links = new MarkdownString(undefined, true);
  links.isTrusted = { enabledCommands };
  const link = (label: string, command: CommandId, argument: string) =>
    links.appendMarkdown(`[${label}](${commandUri(command, argument).toString()}) \u00a0 `);
  link(`$(target) ${l10n.t('Show in Timeline')}`, 'syscape.showFinding', key);
  link(`$(book) ${l10n.t('Explain')}`, 'syscape.explainFinding', finding.rule);
  link(`$(eye-closed) ${l10n.t('Ignore Here')}`, 'syscape.ignoreFinding', key);
  return [text, links];
}

/** Characters that mean something in Markdown stand for themselves. (`appendText` makes spaces at which no line can break.) */
function asText(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, '\\$&').replace(/\s+/g, ' ');
}

function commandUri(command: CommandId, argument: string): Uri {
  return Uri.parse(`command:${command}?${encodeURIComponent(JSON.stringify([argument]))}`);
}
